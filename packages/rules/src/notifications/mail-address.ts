/** Mail of ours goes to one address each; what could be read as several, or as one with a name, is none. */
const oneAddress = /^[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"\\[\]]+$/

/** The longest path in SMTP, without its brackets (RFC 5321 §4.5.3.1.3). Octets. */
const LENGTH_MAX = 254

export function isMailAddress(text: string): boolean {
  return text.length <= LENGTH_MAX && oneAddress.test(text)
}
