import { queryOptions } from '@tanstack/react-query'
import { askOwn } from '../own.ts'
import type { Viewer } from '../page-state.ts'

export type Role = Viewer['role']

export const roles: readonly Role[] = ['owner', 'buyer', 'viewer']

export type PersonOfAccount = {
  readonly id: string
  readonly email: string
  /** Null: invited, and not here yet. */
  readonly name: string | null
  readonly role: Role
  readonly since: string
  /** Until when an invitation can be accepted. */
  readonly expiresAt: string | null
}

export function peopleQuery() {
  return queryOptions({
    queryKey: ['people'],
    queryFn: async () => (await askOwn<{ items: readonly PersonOfAccount[] }>('GET', '/people/all')).items,
  })
}

export type SessionOfPerson = {
  readonly id: string
  readonly createdAt: string
  readonly userAgent: string | null
  readonly address: string | null
  /** The one of this browser. */
  readonly current: boolean
}

export function sessionsQuery() {
  return queryOptions({
    queryKey: ['sessions'],
    queryFn: async () =>
      (await askOwn<{ items: readonly SessionOfPerson[] }>('GET', '/people/me/sessions')).items,
  })
}
