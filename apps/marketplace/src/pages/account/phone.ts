/** Country codes of one and two digits (ITU-T E.164); all others have three. */
const short = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/

/**
 * A telephone number as people type it, `+44 (0)20 7123-4567`, in the form that registries take: `+44.2071234567` (RFC 5733 §2.5). Undefined
 * where it has no country code.
 */
export function phoneOf(text: string): string | undefined {
  const [number = '', extension] = text
    .trim()
    .toLowerCase()
    .split(/\s*(?:x|ext\.?)\s*/)
  if (/^\+\d{1,3}\.\d{1,14}$/.test(number)) return extension === undefined ? number : `${number}x${extension}`
  if (!/^(?:\+|00)[\d\s().\-/]+$/.test(number)) return undefined
  const digits = number.replace(/^00/, '').replaceAll('(0)', '').replaceAll(/\D/g, '')
  const code = short.exec(digits)?.[0] ?? digits.slice(0, 3)
  const rest = digits.slice(code.length)
  if (rest.length < 4 || digits.length > 15) return undefined
  return extension === undefined ? `+${code}.${rest}` : `+${code}.${rest}x${extension}`
}
