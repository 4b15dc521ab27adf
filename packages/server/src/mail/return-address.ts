// The address to which a mail returns when it cannot be delivered (VERP): it names the delivery, so that whatever form the
// returned mail has, it is known whose it is. `votes+0123…@example.org`: the part after the plus reaches the same mailbox
// (RFC 5233). The delivery's id is random: nobody can invent the return of somebody else's mail.

export function returnAddress(mailbox: string, deliveryId: string): string {
  const at = mailbox.lastIndexOf('@');
  return `${mailbox.slice(0, at)}+${deliveryId.replaceAll('-', '')}${mailbox.slice(at)}`;
}

const tagged = /\+([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})@/i;

/** The delivery that an address, or a header with addresses, names. */
export function deliveryOfAddress(text: string): string | undefined {
  const found = tagged.exec(text);
  return found ? found.slice(1).join('-').toLowerCase() : undefined;
}
