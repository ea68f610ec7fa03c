/** A text of the report: names in backticks stand in a type of their own. Its content stays what it is. */
export const Quoted = ({ text }: { readonly text: string }) => (
  <>
    {text.split('`').map((part, i) =>
      i % 2 === 1 ? (
        <code key={i}>
          <i>`</i>
          {part}
          <i>`</i>
        </code>
      ) : (
        part
      ),
    )}
  </>
);
