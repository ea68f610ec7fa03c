// examples/errorCodes.ts
import { BarometerError, openFiles } from 'barometer';

openFiles(['no-such-file.csv']).catch((error: unknown) => {
  if (!(error instanceof BarometerError)) throw error;
  console.log(error.name, error.code);
});

// prints:
// SourceError SOURCE_MISSING
