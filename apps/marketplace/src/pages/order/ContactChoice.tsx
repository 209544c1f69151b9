import type { Schema } from '@droplock/sdk/client'
import { Button, NativeSelect, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { contactsToChooseQuery } from '../account/queries.ts'
import { useApi } from '../api.ts'
import { later } from '../later.tsx'
import { Problem } from '../parts/Problem.tsx'

const ContactForm = later(async () => (await import('../account/ContactForm.tsx')).ContactForm)

type Contact = Schema<'Contact'>

/** Whom a contact is. */
function nameOfContact({ int, loc, email }: Contact): string {
  const address = loc ?? int
  return address?.org ?? address?.name ?? email
}

/** How a contact stands in a list: its name, and its address where others have the same name. */
function lineOfContact(contact: Contact, all: readonly Contact[]): string {
  const name = nameOfContact(contact)
  const isAlone = all.filter((other) => nameOfContact(other) === name).length === 1
  return isAlone ? name : `${name} · ${contact.email}`
}

export type ContactChoiceProps = {
  /** The id of the chosen contact; undefined: the account's default, or else the operator. */
  readonly contactId: string | undefined
  readonly onChoose: (contactId: string | undefined) => void
  /** A contact is being added: an order would not have it yet. */
  readonly isAdding: boolean
  readonly onAdding: (isAdding: boolean) => void
}

/** To whom a name is registered: one of the contacts, or one that is added here. */
export function ContactChoice({ contactId, onChoose, isAdding, onAdding }: ContactChoiceProps) {
  const t = useTranslations('order')
  const { data, error, refetch } = useQuery(contactsToChooseQuery(useApi()))
  // Where the focus goes once the form is closed.
  const [closedBy, setClosedBy] = useState<'saving' | 'cancelling'>()
  if (error !== null && data === undefined) return <Problem error={error} onAgain={() => void refetch()} />
  const contacts = data ?? []
  const close = (by: 'saving' | 'cancelling') => {
    setClosedBy(by)
    onAdding(false)
  }
  const add = async (contact: Contact) => {
    await refetch()
    onChoose(contact.id)
    close('saving')
  }
  return (
    <Stack gap="sm" align="stretch">
      {contacts.length === 0 ? (
        <Text>{t('contactOperatorAbout')}</Text>
      ) : (
        <Choice
          key={closedBy}
          contacts={contacts}
          contactId={contactId}
          onChoose={onChoose}
          isFocused={closedBy === 'saving'}
        />
      )}
      {isAdding ? (
        <Suspense fallback={null}>
          <div ref={focusFirst}>
            <ContactForm
              onDone={(contact) => void add(contact)}
              onCancel={() => close('cancelling')}
              isDefault={contacts.length === 0}
            />
          </div>
        </Suspense>
      ) : (
        <Button
          variant="default"
          size="xs"
          style={{ alignSelf: 'start' }}
          autoFocus={closedBy === 'cancelling'}
          onClick={() => onAdding(true)}
        >
          {t('addContact')}
        </Button>
      )}
    </Stack>
  )
}

function focusFirst(form: HTMLDivElement | null): void {
  form?.querySelector('input')?.focus()
}

type ChoiceProps = Pick<ContactChoiceProps, 'contactId' | 'onChoose'> & {
  readonly contacts: readonly Contact[]
  readonly isFocused: boolean
}

function Choice({ contacts, contactId, onChoose, isFocused }: ChoiceProps) {
  const t = useTranslations('order')
  // An order that names no contact has the default one.
  const usual = contacts.find(({ is_default }) => is_default)
  const none =
    usual === undefined ? t('contactOperator') : t('contactDefault', { name: lineOfContact(usual, contacts) })
  const others = contacts.filter((contact) => contact !== usual)
  const chosen = others.find(({ id }) => id === contactId) ?? usual
  return (
    <div>
      <NativeSelect
        aria-label={t('contact')}
        autoFocus={isFocused}
        description={t('contactAbout')}
        value={contactId === undefined || contactId === usual?.id ? '' : contactId}
        onChange={({ currentTarget: { value } }) => onChoose(value === '' ? undefined : value)}
        data={[
          { value: '', label: none },
          ...others.map((contact) => ({ value: contact.id, label: lineOfContact(contact, contacts) })),
        ]}
      />
      {chosen === undefined ? null : (
        <Text size="sm" c="dimmed" mt={4} className="name">
          {chosen.email}
        </Text>
      )}
    </div>
  )
}
