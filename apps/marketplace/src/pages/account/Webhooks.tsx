import { Button, Group, Paper, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useApi } from '../api.ts'
import { Problem } from '../parts/Problem.tsx'
import { Said } from '../parts/Said.tsx'
import { Secret } from '../parts/Secret.tsx'
import { TimeText, useColon } from '../parts/texts.tsx'
import { useChange } from '../parts/use-change.ts'
import { Deliveries } from './Deliveries.tsx'
import { NewEndpoint } from './NewEndpoint.tsx'
import { type Endpoint, endpointsQuery } from './queries.ts'
import { DeleteEndpoint, RecoverEndpoint, RotateSecret } from './WebhookDialogs.tsx'

type Shown = { readonly url: string; readonly secret: string | undefined }

/** Where the account's events are sent. */
export function Webhooks() {
  const t = useTranslations('webhooks')
  const { data, error, refetch } = useQuery(endpointsQuery(useApi()))
  const [shown, setShown] = useState<Shown>()
  const [isAdding, setAdding] = useState(false)
  const [said, setSaid] = useState<string>()
  if (error !== null && data === undefined) return <Problem error={error} onAgain={() => void refetch()} />
  if (data === undefined) return <Skeleton height={240} />
  return (
    <Stack gap="md">
      <Text>{t('about')}</Text>
      <Said text={said} />
      {shown?.secret === undefined ? null : (
        <Secret
          title={t('secret', { url: shown.url })}
          about={t('secretAbout')}
          value={shown.secret}
          onDone={() => setShown(undefined)}
        />
      )}
      {isAdding ? (
        <NewEndpoint
          onMade={(made) => {
            setShown({ url: made.url, secret: made.secret })
            setAdding(false)
          }}
          onCancel={() => setAdding(false)}
        />
      ) : (
        <div>
          <Button onClick={() => setAdding(true)}>{t('add')}</Button>
        </div>
      )}
      {data.items.length === 0 && !isAdding ? <Text c="dimmed">{t('none')}</Text> : null}
      {data.items.map((endpoint) => (
        <EndpointCard key={endpoint.id} endpoint={endpoint} onSecret={setShown} onSaid={setSaid} />
      ))}
    </Stack>
  )
}

type EndpointCardProps = {
  readonly endpoint: Endpoint
  readonly onSecret: (shown: Shown) => void
  readonly onSaid: (text: string) => void
}

type Doing = 'nothing' | 'recovering' | 'rotating' | 'deleting'

function EndpointCard({ endpoint, onSecret, onSaid }: EndpointCardProps) {
  const t = useTranslations('webhooks')
  const [doing, setDoing] = useState<Doing>('nothing')
  const [showsDeliveries, setShowsDeliveries] = useState(false)
  const { id, url } = endpoint
  const { test, toggle } = useEndpointChanges(endpoint, onSaid)
  const dialog = {
    endpoint,
    onClose: () => setDoing('nothing'),
    onDone: (text: string) => {
      setDoing('nothing')
      onSaid(text)
    },
  }
  const error = test.error ?? toggle.error
  return (
    <Paper withBorder p="md" component="article" aria-label={url}>
      <EndpointFacts endpoint={endpoint} />
      <Group gap="xs" mt="sm">
        <Button
          size="xs"
          variant="default"
          onClick={() => setShowsDeliveries(!showsDeliveries)}
          aria-expanded={showsDeliveries}
        >
          {t(showsDeliveries ? 'hide' : 'deliveries')}
        </Button>
        {endpoint.enabled ? (
          <>
            <Button size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate()}>
              {t('test')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setDoing('recovering')}>
              {t('recover')}
            </Button>
          </>
        ) : null}
        <Button
          size="xs"
          variant="default"
          loading={toggle.isPending}
          onClick={() => toggle.mutate(!endpoint.enabled)}
        >
          {t(endpoint.enabled ? 'disable' : 'enable')}
        </Button>
        <Button size="xs" variant="default" onClick={() => setDoing('rotating')}>
          {t('rotate')}
        </Button>
        <Button size="xs" variant="default" onClick={() => setDoing('deleting')}>
          {t('delete')}
        </Button>
      </Group>
      {error === null ? null : <Problem error={error} />}
      {showsDeliveries ? <Deliveries id={id} url={url} /> : null}
      {doing === 'recovering' ? <RecoverEndpoint {...dialog} /> : null}
      {doing === 'deleting' ? <DeleteEndpoint {...dialog} /> : null}
      {doing === 'rotating' ? (
        <RotateSecret
          endpoint={endpoint}
          onClose={dialog.onClose}
          onMade={(secret) => {
            setDoing('nothing')
            onSecret({ url, secret })
          }}
        />
      ) : null}
    </Paper>
  )
}

/** What it is, what is sent to it, and how it goes. */
function EndpointFacts({ endpoint }: { endpoint: Endpoint }) {
  const t = useTranslations('webhooks')
  const colon = useColon()
  const { url, description, topics, last_delivered_at } = endpoint
  return (
    <>
      <Text fw={600} className="name">
        {url}
      </Text>
      {description === undefined ? null : <Text size="sm">{description}</Text>}
      <Text size="sm">
        <EndpointState endpoint={endpoint} />
      </Text>
      <Text size="sm" c="dimmed" className="bits">
        <span>
          {t('topics')}
          {colon}
          {topics === undefined ? t('allTopics') : t('topicCount', { count: topics.length })}
        </span>
        {last_delivered_at === undefined ? null : (
          <span>
            {t('lastDelivered')}
            {colon}
            <TimeText at={last_delivered_at} />
          </span>
        )}
      </Text>
    </>
  )
}

function useEndpointChanges({ id }: Endpoint, onSaid: (text: string) => void) {
  const t = useTranslations('webhooks')
  const api = useApi()
  const test = useChange({
    change: (_, key) =>
      api.post('/v1/webhook-endpoints/{id}/test', {
        params: { path: { id }, header: { 'Idempotency-Key': key } },
      }),
    changes: ['deliveries'],
    onDone: () => onSaid(t('tested')),
  })
  const toggle = useChange<boolean>({
    change: async (enabled) => {
      const { etag } = await api.getVersioned('/v1/webhook-endpoints/{id}', { params: { path: { id } } })
      const params = { path: { id }, header: { 'If-Match': etag } }
      return api.patch('/v1/webhook-endpoints/{id}', { params, body: { enabled } })
    },
    changes: ['endpoints'],
    onDone: (_, enabled) => onSaid(t(enabled ? 'enabled' : 'disabled')),
  })
  return { test, toggle }
}

function EndpointState({ endpoint }: { endpoint: Endpoint }) {
  const t = useTranslations('webhooks.states')
  const { enabled, disabled_reason, failing_since, recovering_since } = endpoint
  if (!enabled) return t(disabled_reason === 'failing' ? 'disabledFailing' : (disabled_reason ?? 'requested'))
  if (recovering_since !== undefined) return t('recovering')
  return failing_since === undefined
    ? t('enabled')
    : t.rich('failing', { at: () => <TimeText at={failing_since} /> })
}
