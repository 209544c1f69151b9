import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

const pages = ['../README.md', '../../../docs/api/quick-start-typescript.md', '../../../docs/api/webhooks.md']
const examples = pages.flatMap((page) => {
  const text = readFileSync(new URL(page, import.meta.url), 'utf8')
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code)
})
const pathOf = (index: number) => fileURLToPath(new URL(`example-${index}.ts`, import.meta.url))
const codeOf = new Map(examples.map((code, index) => [pathOf(index), code]))

/** What the compiler says of the examples, as if each were a module of a test. */
function compile(replaced: (code: string) => string = (code) => code): readonly string[] {
  const file = fileURLToPath(new URL('../tsconfig.json', import.meta.url))
  const { config } = ts.readConfigFile(file, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(
    config,
    ts.sys,
    fileURLToPath(new URL('..', import.meta.url)),
  )
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.fileExists = (path) => codeOf.has(path) || fileExists.call(host, path)
  host.getSourceFile = (path, ...rest) => {
    const code = codeOf.get(path)
    if (code === undefined) return getSourceFile.call(host, path, ...rest)
    return ts.createSourceFile(path, replaced(code), ts.ScriptTarget.ESNext)
  }
  const program = ts.createProgram([...codeOf.keys()], options, host)
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

test('the examples of the README and of the documentation compile', { timeout: 60_000 }, () => {
  expect(examples.length).toBeGreaterThan(5)
  expect(compile()).toEqual([])
})

test('an example that is wrong would not', { timeout: 60_000 }, () => {
  const wrong = compile((code) => code.replace("'backorder.failed'", "'backorder.faild'"))
  expect(wrong.join('\n')).toContain('backorder.faild')
})
