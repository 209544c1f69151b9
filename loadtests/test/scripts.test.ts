import { globSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { type Node, parse } from 'acorn'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const paths = globSync('{lib,scenarios}/*.ts', { cwd: root }).toSorted()

/** The modules of k6 that scripts use; the stand-in has these. */
const modules = new Set(['k6', 'k6/data', 'k6/execution', 'k6/http', 'k6/metrics'])

/** The newest syntax that k6's engine reads, without what it lacks of it (`missing`). */
const ecmaVersion = 2022

type Tree = Node & Readonly<Record<string, unknown>>

function nodesOf(text: string): readonly Tree[] {
  const found: Tree[] = [
    parse(stripTypeScriptTypes(text), { ecmaVersion, sourceType: 'module' }) as unknown as Tree,
  ]
  for (const node of found)
    for (const child of Object.values(node).flat()) if (isNode(child)) found.push(child)
  return found
}

function isNode(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** What k6's engine has not, although it is older than the version above. */
const missing: readonly (readonly [string, (node: Tree) => boolean])[] = [
  ['for await', (node) => node.type === 'ForOfStatement' && node['await'] === true],
  ['an asynchronous generator', (node) => node['async'] === true && node['generator'] === true],
]

function strangeImports(nodes: readonly Tree[]): readonly string[] {
  return nodes.flatMap((node) => {
    const source = node['source']
    if (!/^(Import|Export)/.test(node.type) || !isNode(source)) return []
    const module = String(source['value'])
    return modules.has(module) || /^\.\.?\/(lib\/)?[a-z0-9-]+\.ts$/.test(module) ? [] : [module]
  })
}

test('there are scripts, so that an empty result means something', () => {
  expect(paths).toContain(join('scenarios', 'steady.ts'))
  expect(paths.length).toBeGreaterThan(10)
})

test.each(paths)('%s imports modules of k6 and its own, and has no syntax that k6 has not', (path) => {
  const nodes = nodesOf(readFileSync(join(root, path), 'utf8'))
  expect(strangeImports(nodes)).toEqual([])
  expect(missing.filter(([, isFound]) => nodes.some(isFound)).map(([name]) => name)).toEqual([])
})

test('the check sees an import of Node, of a package, and syntax that k6 has not', () => {
  const nodes = nodesOf(`
    import { readFileSync } from 'node:fs'
    import type { Client } from '@droplock/sdk/client'
    import { createClient } from '@droplock/sdk/client'
    async function* all() { for await (const each of []) yield each }`)
  expect(strangeImports(nodes)).toEqual(['node:fs', '@droplock/sdk/client'])
  expect(missing.every(([, isFound]) => nodes.some(isFound))).toBe(true)
  expect(() => nodesOf('{ using file = null }')).toThrow(SyntaxError)
})
