import { describe, expect, test } from 'vitest'
import { errors, isRefusalCode } from '../src/errors.ts'
import { problem } from '../src/problem.ts'

describe('the error catalogue', () => {
  test('has a title and sentences for each code, which no other code has', () => {
    const texts = Object.values(errors).flatMap(({ title, doc }) => [title, doc])
    expect(new Set(texts).size).toBe(texts.length)
    for (const { title, doc } of Object.values(errors)) {
      expect(title).toMatch(/^[A-Z]/)
      expect(doc).toMatch(/^[A-Z].*\.$/)
    }
  })

  test('calls nothing retryable that the caller has to change', () => {
    const retryable = Object.entries(errors).flatMap(([code, entry]) => (entry.retryable ? [code] : []))
    expect(retryable.toSorted()).toEqual([
      'address_limited',
      'export_limit_reached',
      'identity_provider_unavailable',
      'listing_not_open_yet',
      'rate_limited',
      'read_limit_reached',
      'request_in_progress',
      'request_timeout',
      'sign_in_locked',
      'too_many_streams',
      'try_again',
      'unavailable',
    ])
  })

  test('knows its codes, and nothing that objects merely inherit', () => {
    expect(isRefusalCode('name_taken')).toBe(true)
    expect(isRefusalCode('toString')).toBe(false)
  })
})

describe('a problem body', () => {
  test('has the standard members and the facts beside them, in snake_case', () => {
    expect(
      problem('name_taken', 'Another customer holds a.com.', 'r-1', { cutoffAt: 'later', tries: 2 }),
    ).toEqual({
      type: '/errors/name_taken',
      title: 'Name taken',
      status: 409,
      detail: 'Another customer holds a.com.',
      code: 'name_taken',
      retryable: false,
      request_id: 'r-1',
      cutoff_at: 'later',
      tries: 2,
    })
  })

  test('cannot be forged by a fact', () => {
    const forged = problem('name_taken', 'd', 'r-1', { status: 200, code: 'ok', requestId: 'x' })
    expect(forged).toMatchObject({ status: 409, code: 'name_taken', request_id: 'r-1' })
  })
})
