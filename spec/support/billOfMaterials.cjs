/**
 * What the package consists of, for CycloneDX: everything that is installed with it, and the packages
 * whose code is in its bundles. npm omits with `--omit dev` also what is needed by both, and names
 * the package after its folder.
 */
const DEVELOPMENT = 'cdx:npm:package:development';
const RULE = '-'.repeat(80);

/** Names of the packages in a file that `writeLicenses` wrote. */
const bundledIn = (licenses) =>
  new Set(licenses.split(RULE).map((part) => part.trim().split(' ')[0]));

const isDevelopment = ({ properties = [] }) =>
  properties.some(({ name, value }) => name === DEVELOPMENT && value === 'true');

/** @param bill what `npm sbom` says of all packages; `licenses` are those of the bundles */
function billOfMaterials(bill, { name, licenses }) {
  const bundled = bundledIn(licenses);
  const nameOf = ({ group, name: own }) => (group === undefined ? own : `${group}/${own}`);
  const components = bill.components.filter(
    (component) => !isDevelopment(component) || bundled.has(nameOf(component)),
  );
  const root = bill.metadata.component;
  const kept = new Set([root, ...components].map((component) => component['bom-ref']));
  const dependencies = bill.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((of) => kept.has(of)) }));
  const metadata = { ...bill.metadata, component: { ...root, name } };
  return { ...bill, metadata, components, dependencies };
}

module.exports = { billOfMaterials };
