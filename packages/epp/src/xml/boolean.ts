/** `xs:boolean` has four spellings. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
])

/** The value of an `xs:boolean`; `undefined` when it is absent or none. */
export function readBoolean(text: string | undefined): boolean | undefined {
  return BOOLEANS.get(text?.trim() ?? '')
}
