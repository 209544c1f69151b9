import { newId } from '@droplock/core/new-id'

const post = (path: string, body?: unknown) => ({
  method: 'POST',
  path,
  ...(body !== undefined && { body }),
})

/** Requests about the access of people. What they name need not exist: these are refused before anything is looked up. */
export function accessRequests() {
  return {
    signInByCode: post('/api/session/code', { code: '123456' }),
    proveIdentity: post('/api/session/proof', { password: 'whatever' }),
    getSecondFactor: { path: '/api/me/second-factor' },
    startSecondFactor: post('/api/me/second-factor'),
    confirmSecondFactor: post('/api/me/second-factor/confirm', { code: '123456' }),
    removeSecondFactor: { method: 'DELETE', path: '/api/me/second-factor' },
    renewRecoveryCodes: post('/api/me/recovery-codes'),
    listOwnSessions: { path: '/api/me/sessions' },
    endOwnSession: post(`/api/me/sessions/${newId()}/end`),
    endOtherSessions: post('/api/me/sessions/end-others'),
    listOwnDevices: { path: '/api/me/devices' },
    forgetDevice: post(`/api/me/devices/${newId()}/forget`),
    setOwnPassword: post('/api/me/password', { password: 'another long enough password' }),
  }
}
