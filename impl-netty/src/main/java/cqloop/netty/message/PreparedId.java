package cqloop.netty.message;

import org.jspecify.annotations.Nullable;

/**
 * Value. What EXECUTE needs of a prepared statement; shared by its executions.
 *
 * @param id the id of PREPARED
 * @param resultMetadataId the id of the result metadata, null where PREPARED had none
 * @param skipMetadata whether the server may leave out the result metadata
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record PreparedId(byte[] id, byte @Nullable [] resultMetadataId, boolean skipMetadata) {

  private static final byte[] NO_METADATA_ID = {};

  /** Returns the id of the result metadata; one that matches none asks for the columns. */
  byte[] metadataIdOrNone() {
    // There is none when it was prepared over a connection that had no such ids.
    return resultMetadataId == null ? NO_METADATA_ID : resultMetadataId;
  }
}
