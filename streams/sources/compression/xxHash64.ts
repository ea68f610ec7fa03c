/**
 * XXH64 (https://github.com/Cyan4973/xxHash, seed 0) of bytes that come in pieces; zstd ends its
 * frames with the low half of it. In halves of 32 bits: BigInt would cost more than unpacking does.
 */
interface XxHash64 {
  update(bytes: Uint8Array): void;
  /** The low 32 bits. */
  low(): number;
}

/** High and low halves of the five primes. */
const P1: Word = [0x9e3779b1, 0x85ebca87];
const P2: Word = [0xc2b2ae3d, 0x27d4eb4f];
const P3: Word = [0x165667b1, 0x9e3779f9];
const P4: Word = [0x85ebca77, 0xc2b2ae63];
const P5: Word = [0x27d4eb2f, 0x165667c5];
const STRIPE = 32;

type Word = readonly [number, number];

/** A 64-bit number that is computed with in place. */
class Accumulator {
  constructor(
    public high = 0,
    public low = 0,
  ) {}

  static of([high, low]: Word): Accumulator {
    return new Accumulator(high | 0, low | 0);
  }

  add(high: number, low: number): this {
    const sum = (this.low >>> 0) + (low >>> 0);
    this.low = sum | 0;
    this.high = (this.high + high + (sum > 0xffffffff ? 1 : 0)) | 0;
    return this;
  }

  multiply(high: number, low: number): this {
    const a = this.low & 0xffff;
    const b = this.low >>> 16;
    const c = low & 0xffff;
    const d = low >>> 16;
    const ac = a * c;
    const middle = b * c + (ac >>> 16);
    const other = a * d + (middle & 0xffff);
    const carry = b * d + Math.floor(middle / 65536) + Math.floor(other / 65536);
    this.high = (carry + Math.imul(this.high, low) + Math.imul(this.low, high)) | 0;
    this.low = ((other & 0xffff) << 16) | (ac & 0xffff);
    return this;
  }

  rotate(by: number): this {
    const { high, low } = by < 32 ? this : { high: this.low, low: this.high };
    const left = by % 32;
    this.high = (high << left) | (low >>> (32 - left));
    this.low = (low << left) | (high >>> (32 - left));
    return this;
  }

  xor(high: number, low: number): this {
    this.high ^= high;
    this.low ^= low;
    return this;
  }

  /** Its own value, moved to the right, mixed in. */
  fold(by: number): this {
    if (by === 32) return this.xor(0, this.high);
    if (by > 32) return this.xor(0, this.high >>> (by - 32));
    return this.xor(this.high >>> by, (this.low >>> by) | (this.high << (32 - by)));
  }

  round(high: number, low: number): this {
    const input = scratch;
    input.high = high;
    input.low = low;
    input.multiply(...P2);
    return this.add(input.high, input.low)
      .rotate(31)
      .multiply(...P1);
  }
}

const scratch = new Accumulator();

export function xxHash64(): XxHash64 {
  const lanes = [
    Accumulator.of(P1).add(...P2),
    Accumulator.of(P2),
    new Accumulator(),
    new Accumulator().add(~P1[0], ~P1[1]).add(0, 1),
  ] as const;
  const rest = Buffer.alloc(STRIPE);
  let held = 0;
  let length = 0;

  const stripe = (view: Buffer, at: number): void => {
    for (let lane = 0; lane < 4; lane += 1) {
      const from = at + lane * 8;
      (lanes[lane] as Accumulator).round(view.readInt32LE(from + 4), view.readInt32LE(from));
    }
  };
  const start = (): Accumulator => {
    if (length < STRIPE) return Accumulator.of(P5);
    const sum = new Accumulator();
    for (const [at, lane] of lanes.entries()) {
      const turned = new Accumulator(lane.high, lane.low).rotate([1, 7, 12, 18][at] ?? 0);
      sum.add(turned.high, turned.low);
    }
    for (const lane of lanes) {
      const mixed = new Accumulator().round(lane.high, lane.low);
      sum
        .xor(mixed.high, mixed.low)
        .multiply(...P1)
        .add(...P4);
    }
    return sum;
  };

  return {
    update: (bytes) => {
      const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      let at = 0;
      length += view.length;
      if (held > 0) {
        at = Math.min(STRIPE - held, view.length);
        view.copy(rest, held, 0, at);
        held += at;
        if (held < STRIPE) return;
        stripe(rest, 0);
        held = 0;
      }
      for (; at + STRIPE <= view.length; at += STRIPE) stripe(view, at);
      held = view.copy(rest, 0, at);
    },
    low: () => {
      const sum = start().add(Math.floor(length / 2 ** 32), length | 0);
      let at = 0;
      for (; at + 8 <= held; at += 8) {
        const mixed = new Accumulator().round(rest.readInt32LE(at + 4), rest.readInt32LE(at));
        sum
          .xor(mixed.high, mixed.low)
          .rotate(27)
          .multiply(...P1)
          .add(...P4);
      }
      if (at + 4 <= held) {
        const mixed = new Accumulator(0, rest.readInt32LE(at)).multiply(...P1);
        sum
          .xor(mixed.high, mixed.low)
          .rotate(23)
          .multiply(...P2)
          .add(...P3);
        at += 4;
      }
      for (; at < held; at += 1) {
        const mixed = new Accumulator(0, rest.readUInt8(at)).multiply(...P5);
        sum
          .xor(mixed.high, mixed.low)
          .rotate(11)
          .multiply(...P1);
      }
      sum
        .fold(33)
        .multiply(...P2)
        .fold(29)
        .multiply(...P3)
        .fold(32);
      return sum.low >>> 0;
    },
  };
}
