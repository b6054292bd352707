package cqloop.netty.message;

import org.jspecify.annotations.Nullable;

/**
 * Value. What EXECUTE needs of a prepared statement; shared by its executions.
 *
 * @param id the id of PREPARED
 * @param resultMetadataId the id of the result metadata, null where PREPARED had none
 * @param skipMetadata when the server may leave out the result metadata
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record PreparedId(byte[] id, byte @Nullable [] resultMetadataId, Skip skipMetadata) {

  /** Value. When the server may leave out the result metadata. */
  public enum Skip {
    /** Never: there is none, or nobody knows it. */
    NEVER,

    /** On connections with ids of result metadata: others would not tell that it has changed. */
    WITH_ID,

    /** On every connection: it cannot change unseen. */
    ALWAYS
  }

  private static final byte[] NO_METADATA_ID = {};

  /** Tells whether the server may leave out the result metadata on a connection. */
  boolean skipsMetadata(Features features) {
    // The nodes of a cluster need not be alike, as in the middle of an upgrade.
    return skipMetadata == Skip.ALWAYS
        || (skipMetadata == Skip.WITH_ID && features.resultMetadataId());
  }

  /** Returns the id of the result metadata; one that matches none asks for the columns. */
  byte[] metadataIdOrNone() {
    // There is none when it was prepared over a connection that had no such ids.
    return resultMetadataId == null ? NO_METADATA_ID : resultMetadataId;
  }
}
