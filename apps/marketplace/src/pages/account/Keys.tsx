import { scopes as allScopes } from '@droplock/rules/accounts'
import type { Schema } from '@droplock/sdk/client'
import { Button, Checkbox, Group, NativeSelect, Paper, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useApi } from '../api.ts'
import { Confirm } from '../parts/Dialog.tsx'
import { PageLinks, useCursor } from '../parts/PageLinks.tsx'
import { Problem } from '../parts/Problem.tsx'
import { Said } from '../parts/Said.tsx'
import { Secret } from '../parts/Secret.tsx'
import { TimeText, useColon } from '../parts/texts.tsx'
import { useChange } from '../parts/use-change.ts'
import { NewKey } from './NewKey.tsx'
import { keysQuery } from './queries.ts'

type ApiKey = Schema<'ApiKey'>

/** The keys by which programs act for the account. */
export function Keys() {
  const t = useTranslations('keys')
  const { data, error, refetch } = useQuery(keysQuery(useApi(), useCursor()))
  const [secret, setSecret] = useState<string>()
  const [isAdding, setAdding] = useState(false)
  const [revoked, setRevoked] = useState<string>()
  const [showsEnded, setShowsEnded] = useState(false)
  if (error !== null && data === undefined) return <Problem error={error} onAgain={() => void refetch()} />
  if (data === undefined) return <Skeleton height={240} />
  const ended = data.items.filter(hasEnded)
  const shown = showsEnded ? data.items : data.items.filter((key) => !hasEnded(key))
  return (
    <Stack gap="md">
      <Text>{t('about')}</Text>
      <Said text={revoked === undefined ? undefined : t('revoked', { label: revoked })} />
      {secret === undefined ? null : (
        <Secret title={t('made')} about={t('madeAbout')} value={secret} onDone={() => setSecret(undefined)} />
      )}
      {isAdding ? (
        <NewKey
          onMade={({ key }) => {
            setSecret(key)
            setAdding(false)
          }}
          onCancel={() => setAdding(false)}
        />
      ) : (
        <div>
          <Button onClick={() => setAdding(true)}>{t('add')}</Button>
        </div>
      )}
      {shown.length === 0 ? <Text c="dimmed">{t('none')}</Text> : null}
      {shown.map((key) => (
        <KeyCard key={key.id} apiKey={key} onSecret={setSecret} onRevoked={setRevoked} />
      ))}
      {ended.length === 0 ? null : (
        <Checkbox
          label={`${t('showRevoked')} (${ended.length})`}
          checked={showsEnded}
          onChange={({ currentTarget }) => setShowsEnded(currentTarget.checked)}
        />
      )}
      <PageLinks next={data.next} />
      <Text size="sm" c="dimmed">
        {t('subAccounts')}
      </Text>
    </Stack>
  )
}

function hasEnded({ revoked_at, expires_at }: ApiKey): boolean {
  return (
    revoked_at !== undefined || (expires_at !== undefined && new Date(expires_at).getTime() <= Date.now())
  )
}

type KeyCardProps = {
  readonly apiKey: ApiKey
  readonly onSecret: (key: string | undefined) => void
  readonly onRevoked: (label: string) => void
}

function KeyCard({ apiKey, onSecret, onRevoked }: KeyCardProps) {
  const t = useTranslations('keys')
  const [doing, setDoing] = useState<'nothing' | 'rotating' | 'revoking'>('nothing')
  const { label, scopes, allowed_addresses, sub_account_id } = apiKey
  const done = () => setDoing('nothing')
  return (
    <Paper withBorder p="md" component="article" aria-label={label}>
      <Group justify="space-between" align="start" gap="sm">
        <div className="contact">
          <Text fw={600}>{label}</Text>
          <Text size="sm">
            <KeyState apiKey={apiKey} />
            {sub_account_id === undefined ? null : ` · ${t('subAccount')}`}
          </Text>
          <KeyDates apiKey={apiKey} />
          <Text size="sm" c="dimmed">
            {scopes.length === allScopes.length
              ? t('allRights')
              : scopes.map((scope) => t(`scopes.${scope}`)).join(' · ')}
          </Text>
          {allowed_addresses === undefined ? null : (
            <Text size="sm" c="dimmed">
              {t('addresses', { addresses: allowed_addresses.join(', ') })}
            </Text>
          )}
        </div>
        {hasEnded(apiKey) ? null : (
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => setDoing('rotating')}>
              {t('rotate')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setDoing('revoking')}>
              {t('revoke')}
            </Button>
          </Group>
        )}
      </Group>
      {doing === 'rotating' ? (
        <Rotate
          apiKey={apiKey}
          onClose={done}
          onMade={(key) => {
            onSecret(key)
            done()
          }}
        />
      ) : null}
      {doing === 'revoking' ? (
        <Revoke
          apiKey={apiKey}
          onClose={done}
          onDone={() => {
            onRevoked(label)
            done()
          }}
        />
      ) : null}
    </Paper>
  )
}

function KeyDates({ apiKey: { created_at, last_used_on } }: { apiKey: ApiKey }) {
  const t = useTranslations('keys')
  const colon = useColon()
  return (
    <Text size="sm" c="dimmed" className="bits">
      <span>
        {t('created')}
        {colon}
        <TimeText at={created_at} />
      </span>
      <span>
        {t('lastUsed')}
        {colon}
        {last_used_on === undefined ? t('never') : <TimeText at={last_used_on} dateOnly />}
      </span>
    </Text>
  )
}

function KeyState({ apiKey: { revoked_at, expires_at, ...key } }: { apiKey: ApiKey }) {
  const t = useTranslations('keys.states')
  if (revoked_at !== undefined) return t('revoked')
  if (expires_at === undefined) return t('active')
  return hasEnded({ ...key, expires_at })
    ? t('expired')
    : t.rich('ends', { at: () => <TimeText at={expires_at} /> })
}

const overlaps = { none: 0, hour: 3_600, day: 86_400, week: 604_800 } as const

type Overlap = keyof typeof overlaps

type RotateProps = {
  readonly apiKey: ApiKey
  readonly onMade: (key: string | undefined) => void
  readonly onClose: () => void
}

function Rotate({ apiKey: { id, label }, onMade, onClose }: RotateProps) {
  const t = useTranslations('keys')
  const api = useApi()
  const [overlap, setOverlap] = useState<Overlap>('day')
  const rotate = useChange<Overlap, Schema<'NewApiKey'>>({
    change: (wanted, key) =>
      api.post('/v1/api-keys/{id}/rotate', {
        params: { path: { id }, header: { 'Idempotency-Key': key } },
        body: { overlap_seconds: overlaps[wanted] },
      }),
    changes: ['keys'],
    onDone: ({ key }) => onMade(key),
  })
  return (
    <Confirm
      title={t('rotateTitle', { label })}
      verb={t('rotate')}
      isDanger={false}
      isPending={rotate.isPending}
      error={rotate.error}
      onConfirm={() => rotate.mutate(overlap)}
      onClose={onClose}
    >
      <Text>{t('rotateAbout')}</Text>
      <NativeSelect
        label={t('overlap')}
        value={overlap}
        data={(Object.keys(overlaps) as Overlap[]).map((value) => ({
          value,
          label: t(`overlaps.${value}`),
        }))}
        onChange={({ currentTarget }) => setOverlap(currentTarget.value as Overlap)}
      />
    </Confirm>
  )
}

type RevokeProps = { readonly apiKey: ApiKey; readonly onDone: () => void; readonly onClose: () => void }

function Revoke({ apiKey: { id, label }, onDone, onClose }: RevokeProps) {
  const t = useTranslations('keys')
  const api = useApi()
  const revoke = useChange({
    change: () => api.delete('/v1/api-keys/{id}', { params: { path: { id } } }),
    changes: ['keys'],
    onDone,
  })
  return (
    <Confirm
      title={t('revokeTitle', { label })}
      verb={t('revoke')}
      isPending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      <Text>{t('revokeAbout')}</Text>
    </Confirm>
  )
}
