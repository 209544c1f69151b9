import { Checkbox, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useApi } from '../api.ts'
import { ChangeForm } from '../parts/ChangeForm.tsx'
import { faultsOf } from '../parts/faults.ts'
import { useChange } from '../parts/use-change.ts'
import { CountryField } from './CountryField.tsx'
import {
  bodyOf,
  type Contact,
  type ContactField,
  type ContactInput,
  emptyContact,
  faultsIn,
  fieldOf,
  inputOf,
  withoutAccents,
} from './contact-fields.ts'

type ContactFormProps = {
  /** The contact to change, with its `ETag`; left out: a new one. */
  readonly edited?: { readonly body: Contact; readonly etag: string }
  readonly onDone: (contact: Contact) => void
  readonly onCancel?: () => void
  /** A new contact is the default, as the first one is. */
  readonly isDefault?: boolean
}

/** All that a contact has. On the contacts' page, and within an order. */
export function ContactForm({ edited, onDone, onCancel, isDefault = false }: ContactFormProps) {
  const t = useTranslations('contacts')
  const [input, setInput] = useState<ContactInput>(
    edited === undefined ? { ...emptyContact, isDefault } : inputOf(edited.body),
  )
  const [found, setFound] = useState<Errors>({})
  const wordsOf = useFaultWords()
  const save = useSaveContact(edited, onDone)
  const errors = useMemo(() => ({ ...errorsOf(save.error), ...found }), [save.error, found])
  const set = (field: ContactField) => (text: string) => setInput((before) => ({ ...before, [field]: text }))
  const fieldsProps = { input, errors, set }
  const submit = () => {
    const faults = wordsOf(input)
    setFound(faults)
    if (Object.keys(faults).length === 0) save.mutate(input)
  }
  return (
    <ChangeForm save={save} errors={errors} verb={t('save')} onSubmit={submit} onCancel={onCancel}>
      <Text size="sm" c="dimmed">
        {t('latin')}
      </Text>
      <AddressFields prefix="" {...fieldsProps} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <Line
          {...fieldsProps}
          field="email"
          type="email"
          autoComplete="email"
          required
          about={t('emailAbout')}
        />
        <Line {...fieldsProps} field="voice" type="tel" autoComplete="tel" about={t('phoneAbout')} />
        <Line {...fieldsProps} field="fax" type="tel" />
      </SimpleGrid>
      <details className="more" open={input.loc_name !== '' || 'loc_name' in errors}>
        <summary>{t('local')}</summary>
        <Stack gap="sm" mt="sm">
          <Text size="sm" c="dimmed">
            {t('localAbout')}
          </Text>
          <AddressFields prefix="loc_" {...fieldsProps} />
        </Stack>
      </details>
      <Checkbox
        label={t('isDefault')}
        checked={input.isDefault}
        onChange={({ currentTarget: { checked } }) =>
          setInput((before) => ({ ...before, isDefault: checked }))
        }
      />
    </ChangeForm>
  )
}

function useSaveContact(edited: ContactFormProps['edited'], onDone: ContactFormProps['onDone']) {
  const api = useApi()
  return useChange<ContactInput, Contact>({
    change: (input, key) => {
      const body = bodyOf(input)
      if (edited === undefined)
        return api.post('/v1/contacts', { params: { header: { 'Idempotency-Key': key } }, body })
      const { body: contact, etag } = edited
      const params = { path: { id: contact.id }, header: { 'If-Match': etag } }
      return api.put('/v1/contacts/{id}', { params, body })
    },
    changes: ['contacts'],
    onDone,
  })
}

type Errors = Partial<Readonly<Record<ContactField, string>>>

/** What we find wrong, in words. */
function useFaultWords(): (input: ContactInput) => Errors {
  const t = useTranslations('contacts.faults')
  return (input) =>
    Object.fromEntries(
      Object.entries(faultsIn(input)).map(([field, fault]) => [
        field,
        fault === 'latin'
          ? t('latin', { example: withoutAccents(input[field as ContactField]) ?? '' })
          : t(fault),
      ]),
    )
}

/** What the API finds wrong, by the fields that people see. */
function errorsOf(error: unknown): Errors {
  return Object.fromEntries(
    Object.entries(faultsOf(error)).flatMap(([pointer, detail]) => {
      const field = fieldOf(pointer)
      return field === undefined ? [] : [[field, detail]]
    }),
  )
}

type FieldsProps = {
  readonly input: ContactInput
  readonly errors: Errors
  readonly set: (field: ContactField) => (text: string) => void
}

function AddressFields({ prefix, ...fields }: FieldsProps & { readonly prefix: '' | 'loc_' }) {
  const t = useTranslations('contacts')
  const { input, errors, set } = fields
  const complete = (token: string) => (prefix === '' ? token : 'off')
  const street = `${prefix}street` as const
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      <Line {...fields} field={`${prefix}name`} required autoComplete={complete('name')} />
      <Line {...fields} field={`${prefix}org`} autoComplete={complete('organization')} />
      <Textarea
        label={t('street')}
        description={t('streetAbout')}
        required
        rows={2}
        autoComplete={complete('street-address')}
        value={input[street]}
        onChange={({ currentTarget }) => set(street)(currentTarget.value)}
        error={errors[street]}
        className="wide"
      />
      <Line {...fields} field={`${prefix}city`} required autoComplete={complete('address-level2')} />
      <Line {...fields} field={`${prefix}province`} autoComplete={complete('address-level1')} />
      <Line {...fields} field={`${prefix}postal_code`} autoComplete={complete('postal-code')} />
      {prefix === '' ? (
        <CountryField value={input.country} onChange={set('country')} error={errors.country} />
      ) : null}
    </SimpleGrid>
  )
}

type LineProps = FieldsProps & {
  readonly field: Exclude<ContactField, 'country' | 'street' | 'loc_street'>
  readonly required?: boolean
  readonly type?: 'text' | 'email' | 'tel'
  readonly autoComplete?: string
  readonly about?: string
}

const labels = {
  name: 'name',
  org: 'org',
  city: 'city',
  province: 'province',
  postal_code: 'postalCode',
  voice: 'voice',
  fax: 'fax',
  email: 'email',
} as const

function Line({
  input,
  errors,
  set,
  field,
  required = false,
  type = 'text',
  autoComplete = 'off',
  about,
}: LineProps) {
  const t = useTranslations('contacts')
  const label = t(labels[field.replace('loc_', '') as keyof typeof labels])
  return (
    <TextInput
      label={required ? label : t('optional', { label })}
      description={about}
      required={required}
      type={type}
      autoComplete={autoComplete}
      value={input[field]}
      onChange={({ currentTarget }) => set(field)(currentTarget.value)}
      error={errors[field]}
    />
  )
}
