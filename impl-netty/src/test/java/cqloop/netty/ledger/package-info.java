/** What was acknowledged, compared with what real nodes received and what they have in the end. */
package cqloop.netty.ledger;
