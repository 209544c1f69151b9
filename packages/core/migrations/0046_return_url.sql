-- Where the payer's browser is sent when a card payment is done.
alter table payment
  add column return_url text constraint return_url_is_a_web_page check (return_url ~ '^https?://' and char_length(return_url) <= 500);
