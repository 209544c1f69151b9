import type { Schema } from '@droplock/sdk/client'

export type Registration = Schema<'Registration'>
export type RegistrationRequest = Schema<'RegistrationRequest'>
