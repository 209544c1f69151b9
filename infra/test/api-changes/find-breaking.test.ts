import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findBreaking } from '../../src/api-changes/find-breaking.ts'
import { surfaceOf } from '../../src/api-changes/surface.ts'
import { repositoryRoot } from '../../src/paths.ts'

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8')
const readJson = (path: string): unknown => JSON.parse(read(path))

const released = readJson('packages/contracts/openapi-released.json')

test('what breaks clients since the last release is in the changelog, line by line', () => {
  const found = findBreaking(released, readJson('packages/contracts/openapi.json'))
  const changelog = read('docs/changelog.md')
  expect(found.filter((line) => !changelog.includes(`- Breaking: ${line}.`))).toEqual([])
})

test('the released document has operations with parameters, bodies and answers, and no texts', () => {
  expect(findBreaking(released, { paths: {} }).length).toBeGreaterThan(60)
  expect(JSON.stringify(released)).not.toContain('"summary"')
})

/** A small document with one of everything that is compared. */
const document = {
  paths: {
    '/v1/things/{id}': {
      post: {
        operationId: 'makeThing',
        security: [{ apiKey: ['things:write'] }],
        parameters: [
          { in: 'path', name: 'id', required: true, schema: { type: 'string' } },
          { in: 'query', name: 'kind', schema: { type: 'string', enum: ['a', 'b'] } },
        ],
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/NewThing' } } },
        },
        responses: {
          201: {
            headers: { Location: {} },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      NewThing: {
        type: 'object',
        properties: {
          label: { type: 'string', maxLength: 64 },
          of: { type: 'array', items: { type: 'string', enum: ['x', 'y'] } },
          either: { anyOf: [{ type: 'string' }, { type: 'null' }] },
        },
        required: ['label'],
      },
      Thing: {
        type: 'object',
        properties: {
          id: { type: 'string' },
          state: { type: 'string', enum: ['new', 'old'] },
          parts: { type: 'array', items: { $ref: '#/components/schemas/Thing' } },
        },
        required: ['id', 'state'],
      },
    },
  },
}

type Editable = { [key: string]: Editable }

/** The value at a path of the document is replaced, or removed if it is undefined. */
function changed(path: string, value: unknown): unknown {
  const copy: Editable = JSON.parse(JSON.stringify(document))
  const keys = path.split(' ')
  const last = keys.pop() ?? ''
  const parent = keys.reduce((at, key) => at[key] ?? {}, copy)
  Reflect.set(parent, last, value)
  return JSON.parse(JSON.stringify(copy))
}

const operation = 'paths /v1/things/{id} post'
const body = 'components schemas NewThing'
const answer = 'components schemas Thing'

test('a document breaks nothing of itself', () => {
  expect(findBreaking(document, document)).toEqual([])
  expect(findBreaking(surfaceOf(document), document)).toEqual([])
})

const breaking: readonly (readonly [path: string, value: unknown, line: string])[] = [
  [operation, undefined, 'makeThing was removed'],
  [
    'paths',
    { '/v2/things': document.paths['/v1/things/{id}'] },
    'makeThing: moved from POST /v1/things/{id} to POST /v2/things',
  ],
  [
    `${operation} security`,
    [{ apiKey: ['other'] }],
    'makeThing: its security changed from [{"apiKey":["things:write"]}] to [{"apiKey":["other"]}]',
  ],
  [
    `${operation} parameters 1`,
    { in: 'query', name: 'sort' },
    'makeThing: the query parameter kind was removed',
  ],
  [`${operation} parameters 1 required`, true, 'makeThing: the query parameter kind became required'],
  [
    `${operation} parameters 2`,
    { in: 'header', name: 'X', required: true },
    'makeThing: the header parameter X is new and required',
  ],
  [
    `${operation} parameters 1 schema enum`,
    ['a'],
    'makeThing: the query parameter kind does not accept b any more',
  ],
  [`${operation} parameters 0 schema enum`, ['a'], 'makeThing: the path parameter id was limited to a'],
  [`${operation} requestBody required`, true, 'makeThing: its body became required'],
  [
    `${operation} requestBody content`,
    { 'text/plain': {} },
    'makeThing: application/json of its body was removed',
  ],
  [`${body} properties of`, undefined, 'makeThing: the member of of its body was removed'],
  [`${body} required`, ['label', 'of'], 'makeThing: the member of of its body became required'],
  [`${body} properties label maxLength`, 32, 'makeThing: the member label of its body has another maxLength'],
  [`${body} properties label minLength`, 1, 'makeThing: the member label of its body has another minLength'],
  [`${body} properties label pattern`, '^a$', 'makeThing: the member label of its body has another pattern'],
  [
    `${body} properties label type`,
    'integer',
    'makeThing: the member label of its body changed its type from "string" to "integer"',
  ],
  [
    `${body} properties of items enum`,
    ['x'],
    'makeThing: an item of the member of of its body does not accept y any more',
  ],
  [
    `${body} properties either anyOf`,
    [{ type: 'string' }],
    'makeThing: the member either of its body has other alternatives',
  ],
  [`${operation} responses`, { 200: {} }, 'makeThing: the answer 201 was removed'],
  [`${operation} responses 201 headers`, {}, 'makeThing: the header Location of the answer 201 was removed'],
  [`${answer} properties state`, undefined, 'makeThing: the member state of the answer 201 was removed'],
  [`${answer} required`, ['id'], 'makeThing: the member state of the answer 201 may be absent now'],
  [
    `${answer} properties id type`,
    'integer',
    'makeThing: the member id of the answer 201 changed its type from "string" to "integer"',
  ],
]

describe('what breaks clients is found', () => {
  test.each(breaking)('%s becomes %j', (path, value, line) => {
    expect(findBreaking(document, changed(path, value))).toContain(line)
  })
})

describe('what breaks nobody is not refused', () => {
  test.each<[path: string, value: unknown]>([
    ['paths /v1/others', { get: { operationId: 'others' } }],
    [`${operation} parameters 2`, { in: 'query', name: 'sort' }],
    [`${operation} parameters 1 schema enum`, ['a', 'b', 'c']],
    [`${operation} responses 202`, {}],
    [`${body} properties extra`, { type: 'string' }],
    [`${body} required`, []],
    [`${body} properties label maxLength`, 128],
    [`${answer} properties extra`, { type: 'string' }],
    [`${answer} properties state enum`, ['new', 'old', 'older']],
    [`${answer} description`, 'Another text'],
  ])('%s becomes %j', (path, value) => {
    expect(findBreaking(document, changed(path, value))).toEqual([])
  })
})
