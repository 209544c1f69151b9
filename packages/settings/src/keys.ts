import { z } from 'zod'

/** Guesses must be hopeless: 32 characters are at least 128 bits even in hexadecimal. */
const KEY_LENGTH_MIN = 32

/** The one in use, one that comes, and those that go. */
const KEYS_MAX = 8

const key = z.string().min(KEY_LENGTH_MIN)

/**
 * Keys of one purpose, separated by commas: what is new is made with the first one, and what was made with any of them is accepted. So a
 * key is changed while everything runs (ADR 56).
 */
export const keyList = z
  .string()
  .transform((text) => text.split(',').map((each) => each.trim()))
  .pipe(
    z
      .tuple([key], key)
      .refine((keys) => keys.length <= KEYS_MAX, `has more than ${KEYS_MAX} keys`)
      .refine((keys) => new Set(keys).size === keys.length, 'has a key twice'),
  )
