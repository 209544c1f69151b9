import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const fixture = fileURLToPath(new URL('run-main-fixture.ts', import.meta.url))

test.each([
  ['config', 'app: PORT: is none\n'],
  ['other', 'app: the port is taken\n'],
  ['wordless', 'app: RangeError\n'],
])(
  'a main that fails (%s) ends with one line and exit code 1, even with open handles',
  async (failure, line) => {
    const child = spawn(process.execPath, [fixture, failure], { stdio: ['ignore', 'ignore', 'pipe'] })
    const [output, ended] = await Promise.all([text(child.stderr), once(child, 'exit')])
    expect(output).toBe(line)
    expect(ended).toEqual([1, null])
  },
)
