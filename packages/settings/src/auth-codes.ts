import { keyList } from './keys.ts'

/** Settings of the two apps that derive auth codes, which must have the same secrets (ADR 24). */
export const authCodeSettings = {
  /** From it and a salt in the database auth codes are derived. Without it none can be requested. */
  DROPLOCK_AUTH_CODE_SECRET: keyList.optional(),
}
