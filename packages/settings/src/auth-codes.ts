import { z } from 'zod'

/** Guesses must be hopeless: 32 characters are at least 128 bits even in hexadecimal. */
const SECRET_LENGTH_MIN = 32

/** Settings of the two apps that derive auth codes, which must have the same secret (ADR 24). */
export const authCodeSettings = {
  /** From it and a salt in the database auth codes are derived. Without it none can be requested. */
  DROPLOCK_AUTH_CODE_SECRET: z.string().min(SECRET_LENGTH_MIN).optional(),
}
