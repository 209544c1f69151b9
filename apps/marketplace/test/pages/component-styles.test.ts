import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const pages = join(import.meta.dirname, '../../src/pages')
const library = join(import.meta.dirname, '../../node_modules/@mantine/core')

/** Of parts that a component brings along and the pages draw nowhere. */
const undrawn: Readonly<Record<string, RegExp>> = {
  ScrollArea: /<Table\.ScrollContainer|<ScrollArea/,
  Combobox: /<(Select|Combobox|Autocomplete|MultiSelect|TagsInput)\b/,
  RadioCard: /<Radio\.Card/,
  RadioIndicator: /<Radio\.Indicator/,
  CheckboxCard: /<Checkbox\.Card/,
  CheckboxIndicator: /<Checkbox\.Indicator/,
}

const sources = globSync('**/*.{ts,tsx}', { cwd: pages }).map((file) =>
  readFileSync(join(pages, file), 'utf8'),
)

const isDrawn = (style: string) => {
  const use = undrawn[style]
  return use === undefined || sources.some((source) => use.test(source))
}

/** What the pages take from the library by name. */
function usedNames(): ReadonlySet<string> {
  const lists = sources.flatMap((source) => [...source.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)])
  return new Set(lists.flatMap(([, names = '']) => names.match(/\b[A-Z]\w+/g) ?? []))
}

/** The style sheets of a module and of every module that it is made of. */
function stylesOf(file: string, seen: Set<string>): readonly string[] {
  if (seen.has(file) || !existsSync(file)) return []
  seen.add(file)
  const own = /(\w+)\.module\.mjs$/.exec(file)?.[1]
  const made = [...readFileSync(file, 'utf8').matchAll(/from "(\.[^"]+)"/g)].flatMap(([, path = '']) =>
    stylesOf(join(dirname(file), path), seen),
  )
  return own === undefined ? made : [own, ...made]
}

test('every component of the library that the pages use has its styles', () => {
  const imported = new Set(
    globSync('**/*.css', { cwd: pages }).flatMap((file) =>
      [...readFileSync(join(pages, file), 'utf8').matchAll(/@mantine\/core\/styles\/(\w+)\.css/g)].map(
        ([, name]) => name,
      ),
    ),
  )
  const seen = new Set<string>()
  const needed = [...usedNames()].flatMap((name) =>
    stylesOf(join(library, 'esm/components', name, `${name}.mjs`), seen),
  )
  expect(needed.length).toBeGreaterThan(15)
  const missing = needed.filter(
    (name) => existsSync(join(library, 'styles', `${name}.css`)) && isDrawn(name) && !imported.has(name),
  )
  expect(missing).toEqual([])
})
