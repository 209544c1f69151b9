import { dictionary } from '@zxcvbn-ts/language-common'

/** In small letters, as the list has them. */
const common: ReadonlySet<string> = new Set(dictionary['passwords-common'])

/** One to eight characters, again and again: `123123123123`, `passwordpassword`. */
const repeated = /^(.{1,8}?)\1+$/su

/** Whether a password is among the 49,000 most used, or is one piece repeated: what is tried first when passwords are guessed. */
export function isCommonPassword(password: string): boolean {
  const text = password.normalize('NFKC').toLowerCase()
  return common.has(text) || repeated.test(text)
}
