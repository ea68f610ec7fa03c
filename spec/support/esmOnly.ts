import { SMA } from 'trading-signals';

/** The mean of 1, 2, 3, computed by a package that exists as an ES module only. */
export function meanByEsmOnlyPackage(): number | null {
  const mean = new SMA(3);
  for (const value of [1, 2, 3]) mean.update(value, false);
  return mean.getResult();
}

if (require.main === module) console.log(meanByEsmOnlyPackage());
