import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validate } from 'dockerfile-utils'
import { expect, test } from 'vitest'
import { repositoryRoot } from '../../src/paths.ts'

// Nothing here is built or run: there is no container engine. The files are linted, and what they name is there.

const folder = join(repositoryRoot, 'infra', 'images')
const read = (file: string) => readFileSync(join(folder, file), 'utf8')

test('the compose file is one by its specification and its linter', () => {
  const settings = ['--config', join(folder, '.dclintrc.yaml')]
  const linter = join(repositoryRoot, 'infra', 'node_modules', '.bin', 'dclint')
  const { status, stdout } = spawnSync(
    linter,
    [...settings, '--max-warnings', '0', join(folder, 'compose.yaml')],
    {
      encoding: 'utf8',
    },
  )
  expect({ status, said: status === 0 ? '' : stdout }).toEqual({ status: 0, said: '' })
})

test('the image’s file is well formed', () => {
  expect(validate(read('Dockerfile'))).toEqual([])
})

test('they run apps that are there, with settings that the installation guide has', () => {
  const apps = [...read('compose.yaml').matchAll(/^ +APP: (.+)$/gm)].map(([, app = '']) => app)
  expect(apps.toSorted()).toEqual(['catcher', 'console-api', 'gateway', 'marketplace', 'worker'])
  for (const app of apps) expect(existsSync(join(repositoryRoot, 'apps', app, 'src', 'main.ts'))).toBe(true)
  const guide = readFileSync(join(repositoryRoot, 'docs', 'installation.md'), 'utf8')
  const settings = [...read('compose.yaml').matchAll(/^ +(DROPLOCK_[A-Z_]+):/gm)].map(([, name = '']) => name)
  expect(settings.length).toBeGreaterThan(4)
  expect(settings.filter((name) => !guide.includes(`| \`${name}\` |`))).toEqual([])
})
