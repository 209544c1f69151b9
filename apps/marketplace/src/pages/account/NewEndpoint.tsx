import { type AccountTopic, accountTopics } from '@droplock/rules/events'
import type { Schema } from '@droplock/sdk/client'
import { Checkbox, Paper, Radio, Stack, TextInput, Title } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useApi } from '../api.ts'
import { ChangeForm } from '../parts/ChangeForm.tsx'
import { faultsOf } from '../parts/faults.ts'
import { useChange } from '../parts/use-change.ts'

type NewEndpointProps = {
  readonly onMade: (made: Schema<'NewWebhookEndpoint'>) => void
  readonly onCancel: () => void
}

type Wanted = {
  readonly url: string
  readonly description: string
  /** Null: all of them, also those that are added later. */
  readonly topics: readonly AccountTopic[] | null
}

/** A server that gets the account's events. */
export function NewEndpoint({ onMade, onCancel }: NewEndpointProps) {
  const t = useTranslations('webhooks')
  const words = useTranslations('contacts')
  const [wanted, setWanted] = useState<Wanted>({ url: '', description: '', topics: null })
  const [found, setFound] = useState<Readonly<Record<string, string>>>({})
  const make = useMakeEndpoint(onMade)
  const errors: Readonly<Record<string, string>> = useMemo(
    () => ({ ...faultsOf(make.error), ...found }),
    [make.error, found],
  )
  const submit = () => {
    const faults = {
      ...(wanted.url.trim() === '' && { '/url': words('faults.required') }),
      ...(wanted.topics?.length === 0 && { '/topics': t('noTopic') }),
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
          label={t('url')}
          description={t('urlAbout')}
          required
          type="url"
          maw={520}
          placeholder="https://"
          autoComplete="off"
          value={wanted.url}
          error={errors['/url']}
          onChange={({ currentTarget: { value } }) => setWanted((before) => ({ ...before, url: value }))}
        />
        <TextInput
          label={words('optional', { label: t('description') })}
          maw={520}
          maxLength={200}
          autoComplete="off"
          value={wanted.description}
          error={errors['/description']}
          onChange={({ currentTarget: { value } }) =>
            setWanted((before) => ({ ...before, description: value }))
          }
        />
        <Topics
          chosen={wanted.topics}
          error={errors['/topics']}
          onChange={(topics) => setWanted((before) => ({ ...before, topics }))}
        />
      </ChangeForm>
    </Paper>
  )
}

function useMakeEndpoint(onMade: NewEndpointProps['onMade']) {
  const api = useApi()
  return useChange<Wanted, Schema<'NewWebhookEndpoint'>>({
    change: ({ url, description, topics }, key) =>
      api.post('/v1/webhook-endpoints', {
        params: { header: { 'Idempotency-Key': key } },
        body: {
          url: url.trim(),
          ...(description.trim() !== '' && { description: description.trim() }),
          ...(topics !== null && { topics: [...topics] }),
        },
      }),
    changes: ['endpoints'],
    onDone: onMade,
  })
}

type TopicsProps = {
  readonly chosen: Wanted['topics']
  readonly error: string | undefined
  readonly onChange: (topics: Wanted['topics']) => void
}

/** Everything, or what is chosen. */
function Topics({ chosen, error, onChange }: TopicsProps) {
  const t = useTranslations('webhooks')
  return (
    <>
      <Radio.Group
        label={t('topics')}
        value={chosen === null ? 'all' : 'some'}
        error={error}
        onChange={(value) => onChange(value === 'all' ? null : [])}
      >
        <Stack gap="xs" mt={4}>
          <Radio value="all" label={t('allTopics')} />
          <Radio value="some" label={t('someTopics')} />
        </Stack>
      </Radio.Group>
      {chosen === null ? null : <SomeTopics chosen={chosen} onChange={onChange} />}
    </>
  )
}

type SomeTopicsProps = {
  readonly chosen: readonly AccountTopic[]
  readonly onChange: (topics: readonly AccountTopic[]) => void
}

const groupOf = (topic: AccountTopic) => topic.split('.')[0] as Group

type Group = AccountTopic extends infer Topic ? (Topic extends `${infer Of}.${string}` ? Of : never) : never

/** By what they are about. */
function SomeTopics({ chosen, onChange }: SomeTopicsProps) {
  const t = useTranslations('webhooks.groups')
  return (
    <Checkbox.Group
      value={[...chosen]}
      onChange={(wanted) => onChange(accountTopics.filter((topic) => wanted.includes(topic)))}
    >
      <div className="choices">
        {[...Map.groupBy(accountTopics, groupOf)].map(([group, topics]) => (
          <fieldset key={group} className="choice-group">
            <legend>{t(group)}</legend>
            {topics.map((topic) => (
              <Checkbox key={topic} value={topic} label={topic} size="xs" />
            ))}
          </fieldset>
        ))}
      </div>
    </Checkbox.Group>
  )
}
