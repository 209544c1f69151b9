import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { create, type Font } from 'fontkit'

export type Weight = 'regular' | 'bold'

/** Latin, Greek and Cyrillic; then Chinese. Both have the OFL licence. Only the glyphs in use are embedded. */
const files = {
  'latin-regular': '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  'latin-bold': '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
  'chinese-regular': '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  'chinese-bold': '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
} as const

export type FontName = keyof typeof files

/** Read when first used and then kept: the two Chinese fonts are 10.5 MB each, and most invoices need neither. */
const octets = new Map<FontName, Buffer>()
const parsed = new Map<FontName, Font>()

/** The whole file of a font. */
export function fontFile(name: FontName): Buffer {
  const known = octets.get(name)
  if (known !== undefined) return known
  const read = readFileSync(fileURLToPath(import.meta.resolve(files[name])))
  octets.set(name, read)
  return read
}

/** Part of a text that one font can set. */
type Run = { readonly font: FontName; readonly text: string }

/** The text in parts, each with the font that has its characters. A character that no font has is a box of the Latin font. */
export function splitByFont(text: string, weight: Weight): readonly Run[] {
  const latin: FontName = `latin-${weight}`
  const chinese: FontName = `chinese-${weight}`
  const runs: { font: FontName; text: string }[] = []
  for (const character of text) {
    const font = !has(latin, character) && has(chinese, character) ? chinese : latin
    const last = runs.at(-1)
    if (last?.font === font) last.text += character
    else runs.push({ font, text: character })
  }
  return runs
}

function has(name: FontName, character: string): boolean {
  const font = parsed.get(name) ?? parse(name)
  return font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)
}

function parse(name: FontName): Font {
  const font = create(fontFile(name))
  if (!('hasGlyphForCodePoint' in font)) throw new Error(`${name} is a collection of fonts`)
  parsed.set(name, font)
  return font
}
