import { z } from 'zod';

/** A value as JSON has it: a number that is not finite is null. */
export type Printed<T> = T extends number
  ? number extends T
    ? number | null
    : T
  : T extends string | boolean | null | undefined
    ? T
    : { readonly [K in keyof T]: Printed<T[K]> };

/** A 64-bit count in decimal digits. */
export const decimal = z.string().regex(/^\d+$/);
/** Null where any speed will do. */
export const speed = z.number().nullable();
export const share = z.number().min(0);
export const ms = z.number();
export const isoTime = z.string();
export const count = z.number().int().min(0);
export const grade = z.enum(['perfect', 'low', 'medium', 'high', 'n/a']);
export const byName = <T extends z.ZodType>(value: T) => z.record(z.string(), value);
