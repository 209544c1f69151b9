import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sampleList } from '../../src/demo/sample.ts'
import { repositoryRoot } from '../../src/paths.ts'

/** Process ids of a process and all it started, from the process table; Linux only, as this is about what is left there. */
function familyOf(pid: number): readonly number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]
        return [[Number(name), Number(parent)] as const]
      } catch {
        return []
      }
    })
  const childrenOf = (parent: number): readonly number[] =>
    parents.filter(([, its]) => its === parent).map(([child]) => child)
  const descend = (one: number): readonly number[] => [one, ...childrenOf(one).flatMap(descend)]
  return descend(pid)
}

/** The database's server is a child of no process here; its data folder is named after the process that started it. */
function serversOf(pid: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && commandOf(name).includes(`temporary/${pid}-`))
    .map(Number)
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

function isAlive(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

test.skipIf(process.platform !== 'linux')(
  'Ctrl-C in the middle of the demo ends it with 130 and leaves no process and no file behind',
  { timeout: 240_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'droplock-interrupted-'))
    const list = join(folder, 'sample_domain-drop-list.csv')
    writeFileSync(list, sampleList(new Date('2026-03-02T00:00:00Z'), { days: 2, namesPerDay: 100 }))
    const demo = spawn(process.execPath, [join(repositoryRoot, 'infra/src/demo.ts'), '--feed', list], {
      env: { ...process.env, TMPDIR: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let printed = ''
    const { promise: racing, resolve } = Promise.withResolvers<void>()
    demo.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      if (printed.includes(' race for the same ')) resolve()
    })
    const ended = new Promise<number | null>((done) => {
      demo.once('exit', (code) => done(code))
    })
    try {
      await Promise.race([racing, ended])
      const family = [...familyOf(demo.pid ?? 0), ...serversOf(demo.pid ?? 0)]
      // The demo, its four apps and the database's server.
      expect(family.length).toBeGreaterThanOrEqual(6)
      demo.kill('SIGINT')
      expect(await ended).toBe(130)
      expect(printed).toContain('nothing is left running')
      expect(family.filter(isAlive)).toEqual([])
      expect(readdirSync(folder)).toEqual(['sample_domain-drop-list.csv'])
    } finally {
      demo.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true })
    }
  },
)
