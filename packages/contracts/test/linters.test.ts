import { createConfig, lintFromString } from '@redocly/openapi-core'
import spectral from '@stoplight/spectral-core'
import rulesets from '@stoplight/spectral-rulesets'
import { expect, test } from 'vitest'
import { type Json, readCommitted } from './support/document.ts'

// Two linters that have nothing in common read the document of the reseller API: every rule that they recommend, warnings too.

const { Spectral } = spectral

async function lintWithSpectral(document: Json): Promise<readonly string[]> {
  const linter = new Spectral()
  linter.setRuleset({
    extends: [[rulesets.oas, 'recommended']],
    rules: {
      // It requires the scopes of a bearer key to be declared as those of OAuth are, for which only OAuth has a place. OpenAPI 3.1
      // (Security Requirement Object) lets other schemes name roles.
      'oas3-operation-security-defined': 'off',
      // They take most of its time, and Redocly and `documents.test.ts` validate every example.
      'oas3-valid-schema-example': 'off',
      'oas3-valid-media-example': 'off',
    },
  } as Parameters<typeof linter.setRuleset>[0])
  const found = await linter.run(JSON.stringify(document))
  return found.map(({ code, message, path }) => `${code} ${path.join('/')}: ${message}`)
}

async function lintWithRedocly(document: Json): Promise<readonly string[]> {
  const config = await createConfig({ extends: ['recommended-strict'] })
  const found = await lintFromString({
    source: JSON.stringify(document),
    absoluteRef: 'openapi.json',
    config,
  })
  return found.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`)
}

const linters = { Spectral: lintWithSpectral, Redocly: lintWithRedocly }
const document = readCommitted('openapi.json')

/** The document with one operation, and what is wrong with it. */
const faulty = {
  openapi: '3.1.0',
  info: { title: 'Faulty', version: '1' },
  servers: [{ url: '/' }],
  paths: {
    '/v1/things/{id}': {
      get: { operationId: 'a', responses: { 200: { description: 'Fine', content: {} } } },
      post: { operationId: 'a', responses: { 200: { $ref: '#/components/responses/nowhere' } } },
    },
  },
}

test.each(Object.entries(linters))('%s finds nothing wrong with openapi.json', async (_, lint) => {
  expect(await lint(document)).toEqual([])
})

test.each(Object.entries(linters))('%s finds what is wrong with a faulty document', async (_, lint) => {
  const found = (await lint(faulty)).join('\n')
  expect(found).toMatch(/operation-?id-?unique|operation-operationId-unique/)
  expect(found).toMatch(/unresolved|invalid-ref/)
})
