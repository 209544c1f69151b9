import { Button, Text, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Registration, type RegistrationRequest, useApi } from '../../api.ts'
import { Section } from '../../parts/Facts.tsx'
import { hostsIn, linesOf } from './name-servers.ts'
import { RequestForm } from './RequestForm.tsx'
import { isOpen, RequestState } from './RequestState.tsx'

type NameServersProps = {
  readonly registration: Registration
  readonly request: RegistrationRequest | undefined
  readonly mayChange: boolean
}

/** Where the name leads: as the registry has it, and changed as a whole. */
export function NameServers({ registration, request, mayChange }: NameServersProps) {
  const t = useTranslations('orders.nameServers')
  const [isOpenForm, setIsOpenForm] = useState(false)
  const { name_servers: hosts } = registration
  return (
    <Section title={t('title')}>
      {hosts === undefined ? (
        <Text c="dimmed">{t('unknown')}</Text>
      ) : hosts.length === 0 ? (
        <Text c="dimmed">{t('none')}</Text>
      ) : (
        <ul className="hosts">
          {hosts.map(({ name, addresses = [] }) => (
            <li key={name}>
              {name}{' '}
              {addresses.length === 0 ? null : <span className="addresses">{addresses.join(', ')}</span>}
            </li>
          ))}
        </ul>
      )}
      <RequestState request={request} />
      {!mayChange ? null : isOpenForm ? (
        <NameServersForm registration={registration} onDone={() => setIsOpenForm(false)} />
      ) : (
        <Button variant="default" mt="xs" disabled={isOpen(request)} onClick={() => setIsOpenForm(true)}>
          {t('change')}
        </Button>
      )}
    </Section>
  )
}

function NameServersForm({ registration, onDone }: { registration: Registration; onDone: () => void }) {
  const t = useTranslations('orders.nameServers')
  const api = useApi()
  const { id, name, name_servers = [] } = registration
  const [text, setText] = useState(linesOf(name_servers))
  const [isMissing, setIsMissing] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const send = () =>
    api.put('/v1/registrations/{id}/name-servers', {
      params: { path: { id } },
      body: {
        name_servers: hostsIn(text).map(({ addresses, ...host }) => ({
          ...host,
          ...(addresses && { addresses: [...addresses] }),
        })),
      },
    })
  return (
    <RequestForm
      send={send}
      onDone={onDone}
      check={() => {
        const isEmpty = hostsIn(text).length === 0
        setIsMissing(isEmpty)
        if (isEmpty) field.current?.focus()
        return !isEmpty
      }}
      labels={{ save: t('save'), cancel: t('cancel') }}
    >
      <Textarea
        label={t('label')}
        description={t('about', { name })}
        value={text}
        error={isMissing ? t('missing') : undefined}
        ref={field}
        rows={4}
        autoFocus
        spellCheck={false}
        onChange={({ currentTarget: { value } }) => {
          setText(value)
          setIsMissing(false)
        }}
      />
    </RequestForm>
  )
}
