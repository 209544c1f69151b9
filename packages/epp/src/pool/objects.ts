import type { ContactRegistrar, HostRegistrar, MessageQueue } from '@droplock/rules/ports/registrar'
import { checkContacts, createContact, infoContact, updateContact } from '../commands/contact.ts'
import { checkHosts, createHost, deleteHost, infoHost, updateHost } from '../commands/host.ts'
import { acknowledgeMessage, pollMessage } from '../commands/session.ts'
import type { SubProducts } from '../extensions/namestore.ts'
import { type Send, sendByProduct } from './answer.ts'

/** Contacts over a pool. RFC 5733. */
export function contactsOver(send: Send): ContactRegistrar {
  return {
    check: async (ids, clTRID) => send(checkContacts(ids), clTRID),
    create: async (order, onSend) => send(createContact(order), order.clTRID, onSend),
    info: async (id, clTRID) => send(infoContact(id), clTRID),
    update: async (order, onSend) => send(updateContact(order), order.clTRID, onSend),
  }
}

/** Hosts over a pool. RFC 5732. */
export function hostsOver(send: Send, subProducts?: SubProducts): HostRegistrar {
  return {
    check: (names, clTRID) => sendByProduct(send, subProducts, names, checkHosts, clTRID),
    create: async ({ name, addresses, clTRID }, onSend) => send(createHost(name, addresses), clTRID, onSend),
    info: async (name, clTRID) => send(infoHost(name), clTRID),
    update: async (order, onSend) => send(updateHost(order), order.clTRID, onSend),
    delete: async (name, clTRID, onSend) => send(deleteHost(name), clTRID, onSend),
  }
}

/** The message queue over a pool. RFC 5730 §2.9.2.3. */
export function messagesOver(send: Send): MessageQueue {
  return {
    next: async (clTRID) => send(pollMessage(), clTRID),
    acknowledge: async (messageId, clTRID) => send(acknowledgeMessage(messageId), clTRID),
  }
}
