import { Alert, Button, CopyButton, Group, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Registration, type RegistrationRequest, useApi } from '../../api.ts'
import { Section } from '../../parts/Facts.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { TimeText } from '../../parts/texts.tsx'
import { isOpen, RequestState } from './RequestState.tsx'

type AuthCodeProps = {
  readonly registration: Registration
  readonly request: RegistrationRequest | undefined
}

/** The code for another registrar: set at the registry anew, and shown once. */
export function AuthCode({ registration, request }: AuthCodeProps) {
  const t = useTranslations('orders.authCode')
  const api = useApi()
  const queries = useQueryClient()
  const [shown, setShown] = useState<{ readonly auth_code: string; readonly valid_until: string }>()
  const again = () => queries.invalidateQueries({ queryKey: ['registration-requests'] })
  const asking = useMutation({
    mutationFn: () =>
      api.post('/v1/registrations/{id}/auth-code', { params: { path: { id: registration.id } } }),
    onSuccess: again,
  })
  const showing = useMutation({
    mutationFn: (id: string) =>
      api.post('/v1/registration-requests/{id}/auth-code', { params: { path: { id } } }),
    onSuccess: setShown,
    onSettled: again,
  })
  const isReady = request?.state === 'succeeded' && request.auth_code_shown_at === undefined
  const error = asking.error ?? showing.error
  return (
    <Section title={t('title')}>
      <Text>{t('about')}</Text>
      {shown === undefined ? null : (
        <Alert variant="light" color="green" mt="sm" role="status">
          <Group gap="md">
            <code className="auth-code">{shown.auth_code}</code>
            <CopyButton value={shown.auth_code}>
              {({ copied, copy }) => (
                <Button size="xs" variant="default" onClick={copy}>
                  {t(copied ? 'copied' : 'copy')}
                </Button>
              )}
            </CopyButton>
          </Group>
          <Text size="sm" mt={4}>
            {t('once')} {t('validUntil')} <TimeText at={shown.valid_until} />
          </Text>
        </Alert>
      )}
      {shown === undefined && !isReady ? <RequestStateOf request={request} /> : null}
      {error === null ? null : <Problem error={error} />}
      <Group gap="sm" mt="xs">
        {isReady && shown === undefined ? (
          <Button loading={showing.isPending} onClick={() => showing.mutate(request.id)}>
            {t('show')}
          </Button>
        ) : (
          <Button
            variant="default"
            loading={asking.isPending}
            disabled={isOpen(request)}
            onClick={() => {
              setShown(undefined)
              asking.mutate()
            }}
          >
            {t('request')}
          </Button>
        )}
      </Group>
    </Section>
  )
}

/** A code that was shown is no news. */
function RequestStateOf({ request }: { request: RegistrationRequest | undefined }) {
  return request?.state === 'succeeded' ? null : <RequestState request={request} />
}
