import { Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useApi } from '../api.ts'
import { Confirm } from '../parts/Dialog.tsx'
import { useChange } from '../parts/use-change.ts'
import type { Endpoint } from './queries.ts'

type DialogProps = {
  readonly endpoint: Endpoint
  readonly onDone: (text: string) => void
  readonly onClose: () => void
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** A time as the browser's field has it: in its own zone, without one. */
function localTime(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16)
}

export function RecoverEndpoint({ endpoint: { id, url, failing_since }, onDone, onClose }: DialogProps) {
  const t = useTranslations('webhooks')
  const api = useApi()
  const [since, setSince] = useState(() =>
    localTime(failing_since === undefined ? new Date(Date.now() - DAY_MS) : new Date(failing_since)),
  )
  const recover = useChange<string>({
    change: (wanted) =>
      api.post('/v1/webhook-endpoints/{id}/recover', {
        params: { path: { id } },
        body: { since: new Date(wanted).toISOString() },
      }),
    changes: ['endpoints', 'deliveries'],
    onDone: () => onDone(t('recovering')),
  })
  return (
    <Confirm
      title={t('recoverTitle', { url })}
      verb={t('recover')}
      isDanger={false}
      isPending={recover.isPending}
      error={recover.error}
      onConfirm={() => since !== '' && recover.mutate(since)}
      onClose={onClose}
    >
      <Text>{t('recoverAbout')}</Text>
      <TextInput
        label={t('recoverSince')}
        type="datetime-local"
        value={since}
        onChange={({ currentTarget }) => setSince(currentTarget.value)}
      />
    </Confirm>
  )
}

export function DeleteEndpoint({ endpoint: { id, url }, onDone, onClose }: DialogProps) {
  const t = useTranslations('webhooks')
  const api = useApi()
  const remove = useChange({
    change: () => api.delete('/v1/webhook-endpoints/{id}', { params: { path: { id } } }),
    changes: ['endpoints'],
    onDone: () => onDone(t('deleted')),
  })
  return (
    <Confirm
      title={t('deleteTitle', { url })}
      verb={t('delete')}
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <Text>{t('deleteAbout')}</Text>
    </Confirm>
  )
}

type RotateSecretProps = Omit<DialogProps, 'onDone'> & {
  readonly onMade: (secret: string | undefined) => void
}

export function RotateSecret({ endpoint: { id, url }, onMade, onClose }: RotateSecretProps) {
  const t = useTranslations('webhooks')
  const api = useApi()
  const rotate = useChange({
    change: (_, key) =>
      api.post('/v1/webhook-endpoints/{id}/rotate-secret', {
        params: { path: { id }, header: { 'Idempotency-Key': key } },
        body: {},
      }),
    changes: ['endpoints'],
    onDone: ({ secret }) => onMade(secret),
  })
  return (
    <Confirm
      title={t('rotateTitle', { url })}
      verb={t('rotate')}
      isDanger={false}
      isPending={rotate.isPending}
      error={rotate.error}
      onConfirm={() => rotate.mutate()}
      onClose={onClose}
    >
      <Text>{t('rotateAbout')}</Text>
    </Confirm>
  )
}
