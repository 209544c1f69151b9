import { describe, expect, test } from 'vitest'
import { decideFile } from '../src/ranges.ts'

const version = { etag: '"a"', modifiedAt: new Date('2026-11-28T09:30:00.700Z'), bytes: 100 }
const modified = 'Sat, 28 Nov 2026 09:30:00 GMT'

describe('what is sent of a file', () => {
  test.each([
    ['bytes=0-9', 0, 9],
    ['bytes=90-', 90, 99],
    ['bytes=-10', 90, 99],
    ['bytes=-1000', 0, 99],
    ['bytes=50-5000', 50, 99],
    ['Bytes= 0 - 0', 0, 0],
  ])('%s is a part', (range, first, last) => {
    expect(decideFile({ range }, version)).toEqual({ kind: 'part', first, last })
  })

  test.each(['bytes=100-', 'bytes=100-200', 'bytes=-0'])('%s cannot be satisfied', (range) => {
    expect(decideFile({ range }, version)).toEqual({ kind: 'unsatisfiable' })
  })

  test.each(['bytes=9-1', 'bytes=0-1,5-6', 'lines=0-9', 'bytes=', 'bytes=a-b'])(
    '%s is the whole',
    (range) => {
      expect(decideFile({ range }, version)).toEqual({ kind: 'whole' })
    },
  )

  test.each([
    ['"a"', 'part'],
    ['W/"a"', 'whole'],
    ['"b"', 'whole'],
    [modified, 'part'],
    ['Sat, 28 Nov 2026 09:29:59 GMT', 'whole'],
  ])('If-Range %s: %s', (ifRange, kind) => {
    expect(decideFile({ range: 'bytes=0-9', ifRange }, version)).toMatchObject({ kind })
  })

  test.each([
    [{ ifNoneMatch: '"a"' }, 'not_modified'],
    [{ ifNoneMatch: '"x", W/"a"' }, 'not_modified'],
    [{ ifNoneMatch: '*' }, 'not_modified'],
    [{ ifNoneMatch: '"b"' }, 'whole'],
    [{ ifModifiedSince: modified }, 'not_modified'],
    [{ ifModifiedSince: 'Sat, 28 Nov 2026 09:29:59 GMT' }, 'whole'],
    [{ ifModifiedSince: 'yesterday' }, 'whole'],
    [{ ifNoneMatch: '"b"', ifModifiedSince: modified }, 'whole'],
    [{ ifNoneMatch: '"a"', range: 'bytes=0-9' }, 'not_modified'],
  ])('%j: %s', (request, kind) => {
    expect(decideFile(request, version)).toMatchObject({ kind })
  })
})
