import type { Client, Schema } from '@droplock/sdk/client'
import { ProblemError } from '@droplock/sdk/client'
import { Button, Paper, Skeleton, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useApi } from '../api.ts'
import { ChangeForm } from '../parts/ChangeForm.tsx'
import { Section } from '../parts/Facts.tsx'
import { faultsOf } from '../parts/faults.ts'
import { Problem } from '../parts/Problem.tsx'
import { Said } from '../parts/Said.tsx'
import { useColon } from '../parts/texts.tsx'
import { useChange } from '../parts/use-change.ts'
import { useViewing } from '../viewing.tsx'
import { CountryField } from './CountryField.tsx'
import { countryIn } from './countries.ts'

type Profile = Schema<'BillingProfile'>
type Versioned = { readonly body: Profile; readonly etag: string } | null

/** Null where there is none yet. */
function profileQuery(api: Client) {
  return queryOptions({
    queryKey: ['billing-profile'],
    queryFn: (): Promise<Versioned> =>
      api.getVersioned('/v1/billing-profile').catch((error: unknown) => {
        if (error instanceof ProblemError && error.code === 'billing_profile_missing') return null
        throw error
      }),
  })
}

/** Who invoices are issued to. On the invoices' page, and where an invoice is requested and there is none yet. */
export function BillingProfile() {
  const t = useTranslations('billing')
  const colon = useColon()
  const { viewer, language } = useViewing()
  const { data, error } = useQuery(profileQuery(useApi()))
  const [isEdited, setEdited] = useState(false)
  const [isSaved, setSaved] = useState(false)
  const mayEdit = viewer?.role !== 'viewer'
  return (
    <Section title={t('title')}>
      <Text size="sm" mb="sm">
        {t('about')}
      </Text>
      {error === null ? null : <Problem error={error} />}
      <Said text={isSaved ? t('saved') : undefined} />
      {data === undefined ? (
        error === null && <Skeleton height={120} />
      ) : isEdited ? (
        <Paper withBorder p="lg" maw={560}>
          <ProfileForm
            profile={data}
            onDone={() => {
              setEdited(false)
              setSaved(true)
            }}
            onCancel={() => setEdited(false)}
          />
        </Paper>
      ) : (
        <Stack gap="sm" align="start">
          {data === null ? (
            <Text c="dimmed">{t('none')}</Text>
          ) : (
            <address className="address">
              {[data.body.legal_name, ...data.body.address, countryIn(language, data.body.country)].join(
                '\n',
              )}
              {data.body.tax_id === undefined ? null : `\n${t('taxId')}${colon}${data.body.tax_id}`}
              {`\n${data.body.email}`}
            </address>
          )}
          {mayEdit ? (
            <Button
              variant="default"
              onClick={() => {
                setEdited(true)
                setSaved(false)
              }}
            >
              {t(data === null ? 'add' : 'edit')}
            </Button>
          ) : null}
        </Stack>
      )}
    </Section>
  )
}

type ProfileFormProps = {
  readonly profile: Versioned
  readonly onDone: () => void
  readonly onCancel: () => void
}

type ProfileInput = Readonly<Record<'legal_name' | 'address' | 'country' | 'tax_id' | 'email', string>>

function inputOf(profile: Versioned): ProfileInput {
  if (profile === null) return { legal_name: '', address: '', country: '', tax_id: '', email: '' }
  const { legal_name, address, country, tax_id = '', email } = profile.body
  return { legal_name, address: address.join('\n'), country, tax_id, email }
}

function bodyOf({ legal_name, address, country, tax_id, email }: ProfileInput): Profile {
  return {
    legal_name: legal_name.trim(),
    address: address
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    country,
    ...(tax_id.trim() !== '' && { tax_id: tax_id.trim() }),
    email: email.trim(),
  }
}

const required = ['legal_name', 'address', 'country', 'email'] as const

function ProfileForm({ profile, onDone, onCancel }: ProfileFormProps) {
  const t = useTranslations('billing')
  const words = useTranslations('contacts')
  const actions = useTranslations('actions')
  const api = useApi()
  const [input, setInput] = useState(() => inputOf(profile))
  const [missing, setMissing] = useState<readonly string[]>([])
  const save = useChange<ProfileInput>({
    change: (wanted) =>
      api.put('/v1/billing-profile', {
        params: {
          header: profile === null ? { 'If-None-Match': '*' } : { 'If-Match': profile.etag },
        },
        body: bodyOf(wanted),
      }),
    changes: ['billing-profile'],
    onDone,
  })
  const errors = useMemo(
    () => errorsOf(missing, save.error, words('faults.required')),
    [missing, save.error, words],
  )
  const submit = () => {
    const empty = required.filter((name) => input[name].trim() === '')
    setMissing(empty)
    if (empty.length === 0) save.mutate(input)
  }
  const field = (name: keyof ProfileInput) => ({
    value: input[name],
    error: errors[name],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      setInput((before) => ({ ...before, [name]: currentTarget.value })),
  })
  return (
    <ChangeForm save={save} errors={errors} verb={actions('save')} onSubmit={submit} onCancel={onCancel}>
      <TextInput label={t('legalName')} required autoComplete="organization" {...field('legal_name')} />
      <Textarea
        label={t('address')}
        description={t('addressAbout')}
        required
        rows={3}
        autoComplete="street-address"
        {...field('address')}
      />
      <CountryField
        value={input.country}
        error={errors['country']}
        onChange={(country) => setInput((before) => ({ ...before, country }))}
      />
      <TextInput
        label={words('optional', { label: t('taxId') })}
        description={t('taxIdAbout')}
        autoComplete="off"
        {...field('tax_id')}
      />
      <TextInput label={t('email')} required type="email" autoComplete="email" {...field('email')} />
    </ChangeForm>
  )
}

/** By field; a line of the address is the address's. */
function errorsOf(
  missing: readonly string[],
  error: unknown,
  word: string,
): Readonly<Record<string, string>> {
  const ofApi = Object.entries(faultsOf(error)).map(([pointer, detail]) => [
    pointer.split('/')[1] ?? '',
    detail,
  ])
  return Object.fromEntries([...ofApi, ...missing.map((name) => [name, word])])
}
