// Mails that came back, in the forms in which mail systems send them. Names and addresses are invented.

export interface ReturnWish {
  readonly deliveryId: string;
  /** Where it was sent back to; with the mark of the delivery where VERP is used. */
  readonly to?: string;
}

const enclosed = (id: string) => `From: "Amicale des Jonquilles" <votes@example.org>
To: Alice Martin <alice@example.net>
Subject: Board 2026: your personal link to vote
Message-ID: <${id}@example.org>
Auto-Submitted: auto-generated
Content-Type: multipart/alternative; boundary="inner"`;

const whole = (id: string) => `${enclosed(id)}

--inner
Content-Type: text/plain; charset=utf-8

Hello Alice,
--inner--`;

/** Postfix: three parts, the headers of the mail in the last one. */
export const fromPostfix = ({ deliveryId, to = 'votes@example.org' }: ReturnWish) => `Return-Path: <>
From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: ${to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B9B"

This is a MIME-encapsulated message.

--B9B
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B9B
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
X-Postfix-Queue-ID: 4A1B2C3D
Arrival-Date: Fri, 27 Nov 2026 10:00:00 +0000 (UTC)

Final-Recipient: rfc822; alice@example.net
Original-Recipient: rfc822;alice@example.net
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.example.net
Diagnostic-Code: smtp; 550 5.1.1 <alice@example.net>: Recipient address
    rejected: User unknown in virtual mailbox table

--B9B
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

${enclosed(deliveryId)}

--B9B--
`;

/** Microsoft 365: says only 5.0.0 itself, encloses the whole mail. */
export const fromMicrosoft = ({ deliveryId, to = 'votes@example.org' }: ReturnWish) => `From: <postmaster@example.net>
To: <${to}>
Subject: Undeliverable: Board 2026: your personal link to vote
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="_m_"

--_m_
Content-Type: text/html; charset="utf-8"

<p>Your message couldn't be delivered. The recipient's mailbox is full.</p>
--_m_
Content-Type: message/delivery-status

Reporting-MTA: dns;DB0PR01MB0000.example.net
Received-From-MTA: dns;mail.example.org

Final-Recipient: rfc822;alice@example.net
Action: failed
Status: 5.0.0
Diagnostic-Code: smtp;554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException

--_m_
Content-Type: message/rfc822

${whole(deliveryId)}

--_m_--
`;

/** After days of delays: a temporary code, and still a failure. */
export const afterDelays = (wish: ReturnWish) =>
  fromPostfix(wish)
    .replace('Status: 5.1.1', 'Status: 4.4.1')
    .replace(/Diagnostic-Code:[^]*?table\n/, 'Diagnostic-Code: x-unix; connect to mail.example.net: timed out\n');

/** Not yet given up: nothing has become of it. */
export const aDelay = (wish: ReturnWish) =>
  fromPostfix(wish)
    .replace('Undelivered Mail Returned to Sender', 'Delayed Mail (still being retried)')
    .replace('Action: failed', 'Action: delayed')
    .replace('Status: 5.1.1', 'Status: 4.4.1');

/** qmail: text alone, known only by the address it came to. */
export const fromQmail = ({ deliveryId, to = 'votes@example.org' }: ReturnWish) => `From: MAILER-DAEMON@mail.example.net
To: ${to}
Subject: failure notice

Hi. This is the qmail-send program at mail.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<alice@example.net>:
550 5.7.1 Our policy blocks this sender

--- Below this line is a copy of the message.

${whole(deliveryId)}
`;

/** An answering machine (RFC 3834) writes to the return address as well. */
export const fromAnsweringMachine = ({
  to = 'votes@example.org',
}: ReturnWish) => `From: Alice Martin <alice@example.net>
To: ${to}
Auto-Submitted: auto-replied
Subject: Out of office

I am away until 5.1.1. Call room 550.
`;

export const fromSomebody = (text = 'I would like to vote on paper. 550 5.1.1') => `From: Bob <bob@example.net>
To: votes@example.org
Subject: A question
Message-ID: <1@example.net>

${text}
`;
