/** The part of punycode.js that is used: the package has no types. */
declare module 'punycode.js' {
  /** Decodes every A-label of a name. Throws RangeError where one is not valid Punycode. */
  export function toUnicode(name: string): string
  /** Writes each label that needs it as an A-label. Throws RangeError where that is not possible. */
  export function toASCII(name: string): string
}
