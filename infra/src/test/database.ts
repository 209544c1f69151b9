import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dropAll, makeTemplate } from '@droplock/core/testing/template'
import type { TestProject } from 'vitest/node'
import { startTemporaryPostgres } from '../postgres/temporary.ts'

/**
 * Vitest's global set-up: one server for the whole run, DATABASE_URL's or a fresh embedded one, and on it a migrated
 * template. Packages that do not depend on core have no use for a database and do not wait for one.
 */
export default async function provideDatabase(root: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!root.vitest.projects.some(usesDatabase)) return undefined
  const given = process.env['DATABASE_URL']
  const postgres =
    given === undefined ? await startTemporaryPostgres() : { url: given, stop: async () => undefined }
  const template = await makeTemplate(postgres.url, `test_${process.pid}`)
  root.provide('template', template)
  return async () => {
    await dropAll(template)
    await postgres.stop()
  }
}

function usesDatabase(project: TestProject): boolean {
  const home = ['.', 'packages', 'apps']
    .map((folder) => join(folder, project.name, 'package.json'))
    .find((path) => existsSync(path))
  return (
    home !== undefined &&
    /"(@droplock\/core|@droplock\/infra)":|"name": "@droplock\/core"/.test(readFileSync(home, 'utf8'))
  )
}
