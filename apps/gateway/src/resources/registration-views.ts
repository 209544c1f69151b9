import { DomainName, Id, Time } from '@droplock/contracts/common/primitives'
import {
  registrationEnds,
  registrationRequestFailures,
  registrationRequestKinds,
  registrationRequestStates,
  registrationStates,
} from '@droplock/contracts/common/words'
import { contactRoles } from '@droplock/rules/contacts'
import { z } from '@hono/zod-openapi'
import { pageOf } from '../contract.ts'

// What the API shows of registrations and of requests for changes of them.

export const NameServer = z
  .object({
    name: DomainName,
    addresses: z
      .array(z.string())
      .optional()
      .openapi({
        description: 'IPv4 and IPv6 addresses, only of a host below the name itself',
        example: ['192.0.2.1', '2001:db8::1'],
      }),
  })
  .openapi('NameServer')

export const Registration = z
  .object({
    id: Id,
    backorder_id: Id,
    name: DomainName,
    zone: z.string().openapi({ example: 'com' }),
    state: z.enum(registrationStates).openapi({
      description:
        '`registered`, then `expired` if it was not renewed in time, and `ended` when it is no longer registered here',
    }),
    created_at: Time.openapi({ description: "The registry's creation date" }),
    expires_at: Time.openapi({ description: 'Until when you have paid for it' }),
    renewable_until: Time.optional().openapi({
      description:
        'Of an expired name: until when it can still be renewed. Then it is deleted at the registry',
    }),
    auto_renewed_until: Time.optional().openapi({
      description:
        'Of an expired name: the expiry date at the registry after it renewed the name by itself, which WHOIS and RDAP show',
    }),
    deletion_requested_at: Time.optional().openapi({
      description: 'Since when its deletion is requested, because nobody renewed it',
    }),
    confirmed_at: Time.optional().openapi({
      description:
        'When the registry was last asked: `statuses`, `name_servers` and `contacts` are as of then. Absent, like them, until it was asked for the first time, about a minute after the name was caught',
    }),
    statuses: z
      .array(z.string())
      .optional()
      .openapi({ description: 'EPP and RGP statuses (RFC 5731, RFC 3915)', example: ['ok'] }),
    name_servers: z.array(NameServer).optional(),
    contacts: z
      .array(
        z.object({
          role: z.enum(contactRoles),
          handle: z.string().openapi({ description: 'The id of the contact at the registry' }),
          contact_id: Id.optional().openapi({ description: 'If it is one of your contacts' }),
        }),
      )
      .optional(),
    ended_at: Time.optional(),
    end_reason: z.enum(registrationEnds).optional().openapi({
      description:
        '`not_held`: the registry no longer shows the name as registered here, for example after a transfer. `deleted`: it was deleted because nobody renewed it',
    }),
  })
  .openapi('Registration')

export const RegistrationPage = pageOf(Registration, 'RegistrationPage')

export const RegistrationRequest = z
  .object({
    id: Id,
    registration_id: Id,
    name: DomainName,
    kind: z.enum(registrationRequestKinds),
    state: z.enum(registrationRequestStates).openapi({
      description: '`queued`, then `processing` at the registry, then `succeeded` or `failed`',
    }),
    name_servers: z
      .array(NameServer)
      .optional()
      .openapi({ description: 'What was requested, of `name_servers`' }),
    contacts: z
      .array(z.object({ role: z.enum(contactRoles), contact_id: Id }))
      .optional()
      .openapi({ description: 'What was requested, of `contacts`' }),
    failure_reason: z.enum(registrationRequestFailures).optional().openapi({
      description:
        '`refused`: the registry does not accept it; `answer_message` says why. `not_held`: the name is no longer registered here. `unavailable`: the registry could not be reached for days',
    }),
    answer_code: z.int().optional().openapi({ description: 'The EPP result code of a refusal (RFC 5730)' }),
    answer_message: z.string().optional().openapi({ description: 'What the registry said about a refusal' }),
    created_at: Time,
    decided_at: Time.optional(),
    auth_code_valid_until: Time.optional().openapi({
      description: 'Of `auth_code`: until when the auth code is valid at the registry',
    }),
    auth_code_shown_at: Time.optional(),
  })
  .openapi('RegistrationRequest')

export const RegistrationRequestPage = pageOf(RegistrationRequest, 'RegistrationRequestPage')
