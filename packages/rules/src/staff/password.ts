import { Refusal } from '../refusals.ts'

/** Sign-ins are counted and hashes are slow; what is left is that nobody uses a word. Characters. */
export const PASSWORD_CHARACTERS_MIN = 12

/** Throws Refusal('password_too_short'); facts: `min`. */
export function requirePassword(password: string): void {
  if (password.length >= PASSWORD_CHARACTERS_MIN) return
  throw new Refusal('password_too_short', `A password has at least ${PASSWORD_CHARACTERS_MIN} characters.`, {
    min: PASSWORD_CHARACTERS_MIN,
  })
}
