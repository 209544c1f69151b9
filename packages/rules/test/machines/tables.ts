/**
 * The tables of docs/state-machines.md as arrows, written by hand: one line for each state, `event>next`. Every change of a machine
 * must also be made here, on purpose.
 */
export const tables = {
  listing: {
    initial: 'upcoming',
    events:
      'open cut_off reopen drop_starts drop_moved catch lose miss find_premium withdraw refuse end_unsold',
    arrows: {
      upcoming: 'open>open withdraw>withdrawn',
      open: 'cut_off>closed withdraw>withdrawn',
      closed: 'reopen>open drop_starts>dropping withdraw>withdrawn',
      dropping:
        'drop_moved>closed catch>caught lose>lost miss>missed find_premium>premium withdraw>withdrawn refuse>refused end_unsold>unsold',
      caught: '',
      lost: '',
      missed: '',
      premium: '',
      withdrawn: '',
      refused: '',
      unsold: '',
    },
  },
  backorder: {
    initial: 'pending_payment backordered',
    events: 'secure expire start_registering skip_day succeed fail',
    arrows: {
      pending_payment: 'secure>backordered expire>expired',
      backordered: 'start_registering>registering fail>failed',
      registering: 'succeed>successful fail>failed skip_day>backordered',
      successful: '',
      failed: '',
      expired: '',
    },
  },
  payment: {
    initial: 'requires_action processing succeeded',
    events: 'process require_action capture decline cancel dispute win_dispute lose_dispute',
    arrows: {
      requires_action: 'process>processing capture>succeeded decline>failed cancel>canceled',
      processing: 'require_action>requires_action capture>succeeded decline>failed cancel>canceled',
      succeeded: 'dispute>disputed',
      failed: 'require_action>requires_action process>processing capture>succeeded cancel>canceled',
      canceled: '',
      disputed: 'win_dispute>succeeded lose_dispute>charged_back',
      charged_back: '',
    },
  },
  refund: {
    initial: 'proposed approved succeeded',
    events: 'approve credit reject expire process block succeed fail',
    arrows: {
      proposed: 'approve>approved credit>succeeded reject>rejected expire>expired',
      approved: 'process>processing block>failed expire>expired',
      processing: 'succeed>succeeded fail>failed',
      succeeded: 'fail>failed',
      failed: '',
      rejected: '',
      expired: '',
    },
  },
  evidence: {
    initial: 'draft',
    events: 'submit accept refuse change',
    arrows: {
      draft: 'submit>submitting',
      submitting: 'accept>submitted refuse>refused',
      refused: 'change>draft submit>submitting',
      submitted: '',
    },
  },
  bank_transfer: {
    initial: 'credited',
    events: 'propose_reversal approve_reversal reject_reversal',
    arrows: {
      credited: 'propose_reversal>reversal_proposed',
      reversal_proposed: 'approve_reversal>reversed reject_reversal>credited',
      reversed: '',
    },
  },
  proposal: {
    initial: 'proposed',
    events: 'approve reject expire',
    arrows: {
      proposed: 'approve>approved reject>rejected expire>expired',
      approved: '',
      rejected: '',
      expired: '',
    },
  },
  sync_run: {
    initial: 'queued running',
    events: 'start stage quarantine publish complete record discard fail',
    arrows: {
      queued: 'start>running',
      running: 'stage>ready quarantine>quarantined fail>failed',
      ready: 'publish>publishing quarantine>quarantined record>published discard>discarded fail>failed',
      quarantined: 'publish>publishing discard>discarded',
      publishing: 'complete>published',
      published: '',
      discarded: '',
      failed: '',
    },
  },
  schedule_change: {
    initial: 'draft applied',
    events: 'apply stop finish undo',
    arrows: {
      draft: 'apply>applying',
      applying: 'stop>stopped finish>applied',
      stopped: 'apply>applying undo>undoing',
      applied: 'undo>undoing',
      undoing: 'finish>undone',
      undone: '',
    },
  },
  catch_target: {
    initial: 'armed',
    events: 'fire become_ambiguous resume apply register lose miss find_premium withdraw refuse disarm rearm',
    arrows: {
      armed: 'fire>firing disarm>disarmed withdraw>withdrawn',
      firing:
        'become_ambiguous>ambiguous apply>awaiting_award disarm>disarmed register>registered lose>lost miss>missed find_premium>premium withdraw>withdrawn refuse>refused',
      ambiguous:
        'resume>firing apply>awaiting_award register>registered lose>lost miss>missed find_premium>premium withdraw>withdrawn refuse>refused',
      awaiting_award:
        'become_ambiguous>ambiguous resume>firing register>registered lose>lost miss>missed find_premium>premium withdraw>withdrawn refuse>refused',
      disarmed: 'rearm>armed withdraw>withdrawn',
      registered: '',
      lost: '',
      missed: '',
      premium: '',
      withdrawn: '',
      refused: '',
    },
  },
  target_try: {
    initial: 'firing ended',
    events: 'become_ambiguous resume apply end ask_again fire',
    arrows: {
      firing: 'become_ambiguous>ambiguous apply>awaiting_award end>ended',
      ambiguous: 'resume>firing apply>awaiting_award end>ended',
      awaiting_award: 'become_ambiguous>ambiguous fire>firing end>ended',
      ended: 'ask_again>ambiguous fire>firing',
    },
  },
  connection_test: {
    initial: 'requested',
    events: 'start succeed fail time_out',
    arrows: {
      requested: 'start>running time_out>unanswered',
      running: 'succeed>succeeded fail>failed time_out>unanswered',
      succeeded: '',
      failed: '',
      unanswered: '',
    },
  },
  password_change: {
    initial: 'requested',
    events: 'send find_unchanged succeed fail cancel',
    arrows: {
      requested: 'send>sent fail>failed cancel>canceled',
      sent: 'find_unchanged>requested succeed>succeeded fail>failed',
      succeeded: '',
      failed: '',
      canceled: '',
    },
  },
  renewal: {
    initial: 'pending_payment paid',
    events: 'secure expire start_renewing succeed fail',
    arrows: {
      pending_payment: 'secure>paid expire>expired',
      paid: 'start_renewing>renewing',
      renewing: 'succeed>successful fail>failed',
      successful: '',
      failed: '',
      expired: '',
    },
  },
  registry_contact: {
    initial: 'pending',
    events: 'create fail',
    arrows: { pending: 'create>created fail>failed', created: '', failed: '' },
  },
  registry_request: {
    initial: 'waiting',
    events: 'send clear finish',
    arrows: { waiting: 'send>sent finish>done', sent: 'clear>waiting finish>done', done: '' },
  },
  delivery: {
    initial: 'pending',
    events: 'accept give_up retry',
    arrows: {
      pending: 'accept>delivered give_up>failed',
      delivered: 'retry>pending',
      failed: 'retry>pending',
    },
  },
  member_mail: {
    initial: 'gathering',
    events: 'close accept refuse give_up drop retry',
    arrows: {
      gathering: 'close>sending give_up>given_up',
      sending: 'accept>sent refuse>refused give_up>given_up drop>dropped',
      sent: '',
      refused: 'retry>sending',
      given_up: '',
      dropped: '',
    },
  },
} as const

/** The terminal states, written by hand, so that a row above that is empty by mistake is found. */
export const terminal = {
  listing: 'caught lost missed premium withdrawn refused unsold',
  backorder: 'successful failed expired',
  evidence: 'submitted',
  payment: 'canceled charged_back',
  refund: 'failed rejected expired',
  bank_transfer: 'reversed',
  proposal: 'approved rejected expired',
  schedule_change: 'undone',
  sync_run: 'published discarded failed',
  catch_target: 'registered lost missed premium withdrawn refused',
  // Its row is removed when the target is decided.
  target_try: '',
  password_change: 'succeeded failed canceled',
  connection_test: 'succeeded failed unanswered',
  renewal: 'successful failed expired',
  registry_contact: 'created failed',
  registry_request: 'done',
  // Any may be sent again.
  delivery: '',
  member_mail: 'sent given_up dropped',
} as const
