import { type Client, createClient, ProblemError, type Schema } from '@droplock/sdk/client'
import { fetchWithRepeats } from '@droplock/sdk/repeat'
import { createContext, useContext } from 'react'
import { OwnProblem } from './own.ts'

export type Listing = Schema<'Listing'>
export type Zone = Schema<'ZoneDetail'>
export type Money = Schema<'Money'>
export type Registration = Schema<'Registration'>
export type RegistrationRequest = Schema<'RegistrationRequest'>
export type Backorder = Schema<'Backorder'>
export type BackorderDetail = Schema<'BackorderDetail'>
export type Payment = Schema<'Payment'>

/** The reseller API with the session's key: the SDK's client, by way of this server. */
const Api = createContext<Client | undefined>(undefined)

export const ApiProvider = Api.Provider

export function useApi(): Client {
  const client = useContext(Api)
  if (client === undefined) throw new Error('pages are inside an ApiProvider')
  return client
}

/** A person sees that there is no answer, and may try again, before they wonder. With all repeats. Milliseconds. */
const PATIENCE_MS = 12_000

export function browserClient(): Client {
  return createClient({
    baseUrl: '/api',
    fetch: (request) =>
      fetchWithRepeats(
        new Request(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE_MS)]) }),
      ),
  })
}

/** The code of a refusal; `unreachable` where there was no answer. */
export function codeOf(error: unknown): string {
  return error instanceof ProblemError || error instanceof OwnProblem
    ? (error.code ?? 'unavailable')
    : 'unreachable'
}

/** Also of a client that is not of this bundle: the server reads with its own. */
export function isProblem(error: unknown): error is ProblemError {
  return error instanceof Error && error.name === 'ProblemError'
}
