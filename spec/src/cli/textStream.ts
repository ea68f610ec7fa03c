import { Writable } from 'node:stream';

/** Keeps what is written to it, as a terminal or not. */
export class TextStream extends Writable {
  text = '';

  constructor(
    readonly isTTY: boolean,
    readonly columns = 120,
    readonly rows = 40,
  ) {
    super();
  }

  readonly cursorTo = (): boolean => true;
  readonly clearLine = (): boolean => true;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
