/** The part of punycode.js that is used: the package has no types. */
declare module 'punycode.js' {
  /** Decodes every A-label of a name. Throws RangeError where one is not valid Punycode. */
  export function toUnicode(name: string): string
}
