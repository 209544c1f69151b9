-- `invoice_by_time` (migration 0093) begins with the same column, and answers the same questions.
drop index invoice_by_issue;
