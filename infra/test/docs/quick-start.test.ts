import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { verifyWebhook } from '@droplock/sdk/verify-webhook'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generators } from '../../../packages/sdk/test/support/generate-clients.ts'
import { repositoryRoot } from '../../src/paths.ts'
import { blocksOf, printedForm } from './blocks.ts'
import { programs } from './client-programs.ts'
import { type Service, startService } from './service.ts'

// Orders as developers outside do: with the lines of the quick starts, and with clients that were generated from the document, against
// what `npm start` starts. The lines go first, since they see every event of the account; then all others at the same time.

let service: Service
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'droplock-quick-start-'))
  service = await startService()
}, 120_000)
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await service[Symbol.asyncDispose]()
})

/** Longer than two drops of the sandbox take on a busy machine. Milliseconds. */
const timeout = 300_000

/** Between the outputs of two blocks. */
const MARK = '— the next block —'

/** What a program wrote, until it ended. Whatever it left running ends with it. */
async function outputOf(program: ChildProcessWithoutNullStreams, input: string): Promise<string> {
  program.stdin.end(input)
  try {
    const [out, err] = await Promise.all([text(program.stdout), text(program.stderr)])
    return `${out}${err}`
  } finally {
    try {
      process.kill(-(program.pid ?? 0), 'SIGKILL')
    } catch {
      // Nothing was left.
    }
  }
}

/** A server of a reader: it keeps what it gets, and answers 204. */
async function startReceiver() {
  const taken: { readonly body: string; readonly headers: IncomingHttpHeaders }[] = []
  const server = createServer(async (request, response) => {
    taken.push({ body: await text(request), headers: request.headers })
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    taken,
    url: `http://127.0.0.1:${port}/droplock`,
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}

const missing = ['curl', 'jq', 'openssl'].filter(
  (program) => spawnSync('bash', ['-c', `command -v ${program}`]).status !== 0,
)
const title = missing.length === 0 ? 'the quick start' : `the quick start (SKIPPED: no ${missing.join(', ')})`

test('where CI requires it, what the quick start needs is installed', () => {
  if (process.env['CI'] === 'true') expect(missing).toEqual([])
})

test.skipIf(missing.length > 0)(`${title} does what it says, block by block`, { timeout }, async () => {
  const blocks = blocksOf('quick-start.md', 'bash')
  expect(blocks.length).toBeGreaterThan(12)
  await using receiver = await startReceiver()
  // What a reader replaces.
  const replaced = { API: service.api, KEY: service.key, HOOK: receiver.url }
  const lines = blocks.map(({ code }) =>
    code.replaceAll(/^(API|KEY|HOOK)=.*$/gm, (_, name: keyof typeof replaced) => `${name}=${replaced[name]}`),
  )
  const shell = spawn('bash', ['-e', '-u', '-o', 'pipefail'], { cwd: folder, detached: true })
  const said = await outputOf(shell, lines.join(`\necho '${MARK}'\n`))
  const printed = said.split(`${MARK}\n`)
  for (const [index, { code, prints = '' }] of blocks.entries())
    expect(printed[index] ?? 'it was not reached', `${code}\nof what printed:\n${said}`).toMatch(
      printedForm(prints),
    )
  const secret = /whsec_[\w+/=]+/.exec(said)?.[0] ?? ''
  expect(receiver.taken.map(({ body, headers }) => verifyWebhook(body, headers, secret))).toMatchObject([
    { type: 'webhook_endpoint.tested' },
  ])
})

test.concurrent('the quick start in TypeScript prints what it says', { timeout }, async () => {
  const [block] = blocksOf('quick-start-typescript.md', 'ts')
  const code = block?.code
    .replace(/baseUrl: '[^']*'/, `baseUrl: '${service.api}'`)
    .replace(/apiKey: '[^']*'/, `apiKey: '${service.key}'`)
  // In a folder that depends on the SDK.
  const cwd = join(repositoryRoot, 'infra')
  const program = spawn(process.execPath, ['--input-type=module-typescript', '-'], { cwd, detached: true })
  expect(await outputOf(program, code ?? '')).toMatch(printedForm(block?.prints ?? 'something'))
})

/** As strict as the compiler can be asked to be by one word, with nothing of ours in reach. */
const compilerOptions = {
  strict: true,
  target: 'es2023',
  lib: ['es2023', 'dom', 'dom.iterable'],
  module: 'nodenext',
  types: ['node'],
  typeRoots: [join(repositoryRoot, 'infra/node_modules/@types')],
  outDir: 'compiled',
}

const names = Object.keys(programs) as readonly (keyof typeof programs)[]

test.concurrent.each(names)(
  'a client that %s generates compiles under --strict, is refused by code, orders a name of the sandbox and sees it caught',
  { timeout },
  async (name) => {
    const at = join(folder, name)
    expect(await compileIn(at, generators[name], programs[name])).toBe('')
    const args = ['compiled/order.js', service.api, service.key]
    const program = spawn(process.execPath, args, { cwd: at, detached: true })
    expect(await outputOf(program, '')).toBe('hold_too_late\nbackordered 2900\nsuccessful registered\n')
  },
)

test.concurrent('a wrong use of a generated client does not compile', { timeout }, async () => {
  const wrong = programs['hey-api'].replace("'balance'", "'cash'")
  expect(await compileIn(join(folder, 'wrong'), generators['hey-api'], wrong)).toContain('"cash"')
})

/** Writes a client and a program that uses it into a folder of their own. What the compiler says of them. */
async function compileIn(
  at: string,
  generate: (folder: string) => Promise<void>,
  program: string,
): Promise<string> {
  mkdirSync(at)
  await generate(at)
  writeFileSync(join(at, 'order.ts'), program)
  writeFileSync(join(at, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(at, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  const tsc = join(repositoryRoot, 'node_modules/.bin/tsc')
  return outputOf(spawn(tsc, ['-p', '.'], { cwd: at, detached: true }), '')
}

describe('what a page says is printed', () => {
  test.each([
    ['{"a":…}\n', '{"a":1}\n', true],
    ['{"a":…}\n', '{"b":1}\n', false],
    ['one\n', 'one\ntwo\n', false],
    ['one\n…\n', 'one\ntwo\nthree\n', true],
    ['', '', true],
    ['', 'curl: (7) Failed to connect\n', false],
  ])('%j is compared with %j: %s', (prints, printed, isRight) => {
    expect(printedForm(prints).test(printed)).toBe(isRight)
  })
})
