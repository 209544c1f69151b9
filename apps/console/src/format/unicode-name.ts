import { toUnicode } from 'punycode.js'

/**
 * The U-label form of a name, or `undefined` where it has none. The browser must map it back to the same A-labels;
 * otherwise an operator would see a name that was not ordered.
 */
export function unicodeName(name: string): string | undefined {
  if (!/(^|\.)xn--/.test(name)) return undefined
  const unicode = decoded(name)
  if (unicode === undefined || !URL.canParse(`http://${unicode}`)) return undefined
  return new URL(`http://${unicode}`).hostname === name ? unicode : undefined
}

/** `undefined` where a label is not valid Punycode. */
function decoded(name: string): string | undefined {
  try {
    return toUnicode(name)
  } catch {
    return undefined
  }
}
