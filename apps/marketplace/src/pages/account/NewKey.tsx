import { type Scope, scopes } from '@droplock/rules/accounts'
import type { Schema } from '@droplock/sdk/client'
import { Checkbox, NativeSelect, Paper, TextInput, Title } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useApi } from '../api.ts'
import { ChangeForm } from '../parts/ChangeForm.tsx'
import { faultsOf } from '../parts/faults.ts'
import { useChange } from '../parts/use-change.ts'

const DAY_MS = 86_400_000

const validity = { none: undefined, month: 30, quarter: 90, year: 365 } as const

type Validity = keyof typeof validity

/** Least is offered first: a program that orders needs no more. */
const usual: readonly Scope[] = ['listings:read', 'backorders:read', 'backorders:write', 'events:read']

/** The same whenever it is asked on a day, so that a request that is repeated is the same. */
function endOfDayIn(days: number): Date {
  return new Date((Math.floor(Date.now() / DAY_MS) + days + 1) * DAY_MS)
}

type NewKeyProps = { readonly onMade: (made: Schema<'NewApiKey'>) => void; readonly onCancel: () => void }

type Wanted = { readonly label: string; readonly scopes: readonly Scope[]; readonly valid: Validity }

/** What a key is for, what it may do, and how long. */
export function NewKey({ onMade, onCancel }: NewKeyProps) {
  const t = useTranslations('keys')
  const words = useTranslations('contacts.faults')
  const [wanted, setWanted] = useState<Wanted>({ label: '', scopes: usual, valid: 'none' })
  const [found, setFound] = useState<Readonly<Record<string, string>>>({})
  const make = useMakeKey(onMade)
  const errors = useMemo(() => ({ ...faultsOf(make.error), ...found }), [make.error, found])
  const submit = () => {
    const faults = {
      ...(wanted.label.trim() === '' && { '/label': words('required') }),
      ...(wanted.scopes.length === 0 && { '/scopes': t('noScope') }),
    }
    setFound(faults)
    if (Object.keys(faults).length === 0) make.mutate(wanted)
  }
  return (
    <Paper withBorder p="lg" component="section" aria-label={t('add')}>
      <Title order={2} size="h4" mb="sm">
        {t('add')}
      </Title>
      <ChangeForm save={make} errors={errors} verb={t('make')} onSubmit={submit} onCancel={onCancel}>
        <TextInput
          label={t('label')}
          description={t('labelAbout')}
          required
          maw={400}
          maxLength={100}
          autoComplete="off"
          value={wanted.label}
          error={errors['/label']}
          onChange={({ currentTarget: { value } }) => setWanted((before) => ({ ...before, label: value }))}
        />
        <Rights
          chosen={wanted.scopes}
          error={errors['/scopes']}
          onChange={(chosen) => setWanted((before) => ({ ...before, scopes: chosen }))}
        />
        <NativeSelect
          label={t('expires')}
          value={wanted.valid}
          w={200}
          data={(Object.keys(validity) as Validity[]).map((value) => ({
            value,
            label: t(`validity.${value}`),
          }))}
          onChange={({ currentTarget: { value } }) =>
            setWanted((before) => ({ ...before, valid: value as Validity }))
          }
        />
      </ChangeForm>
    </Paper>
  )
}

function useMakeKey(onMade: NewKeyProps['onMade']) {
  const api = useApi()
  return useChange<Wanted, Schema<'NewApiKey'>>({
    change: ({ label, scopes: granted, valid }, key) => {
      const days = validity[valid]
      return api.post('/v1/api-keys', {
        params: { header: { 'Idempotency-Key': key } },
        body: {
          label: label.trim(),
          scopes: [...granted],
          ...(days !== undefined && { expires_at: endOfDayIn(days).toISOString() }),
        },
      })
    },
    changes: ['keys'],
    onDone: onMade,
  })
}

type RightsProps = {
  readonly chosen: readonly Scope[]
  readonly error: string | undefined
  readonly onChange: (chosen: readonly Scope[]) => void
}

function Rights({ chosen, error, onChange }: RightsProps) {
  const t = useTranslations('keys')
  return (
    <Checkbox.Group
      label={t('rights')}
      value={[...chosen]}
      error={error}
      onChange={(values) => onChange(scopes.filter((scope) => values.includes(scope)))}
    >
      <div className="choices">
        {scopes.map((scope) => (
          <Checkbox key={scope} value={scope} label={t(`scopes.${scope}`)} description={scope} />
        ))}
      </div>
    </Checkbox.Group>
  )
}
