package cqloop.netty.row;

import cqloop.Column;
import cqloop.Columns;
import cqloop.error.CodecFailed;
import cqloop.netty.codec.CodecErrors;
import cqloop.netty.codec.Codecs;
import cqloop.netty.codec.TypeCode;
import cqloop.spi.TypeCodec;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * Value. How the cells of some columns are read: the type code of each, and the codecs that were
 * used last. Made once for each metadata and shared by all its pages.
 */
public final class ColumnPlan {

  private final Columns columns;
  private final Codecs codecs;
  private final RowShape shape;
  private final boolean plainTimestamps;
  // Filled by racing threads: each sees a whole entry, because entries are immutable, or none.
  private final @Nullable TypeCodec<?>[] usual;
  private final @Nullable Remembered[] remembered;
  private @Nullable RecordMapper<?> lastMapper;

  public ColumnPlan(Columns columns, Codecs codecs) {
    int size = columns.size();
    this.columns = columns;
    this.codecs = codecs;
    this.usual = new TypeCodec<?>[size];
    this.remembered = new Remembered[size];
    byte[] typeCodes = new byte[size];
    for (int i = 0; i < size; i++) {
      typeCodes[i] = (byte) TypeCode.of(columns.get(i).type());
    }
    this.shape = new RowShape(typeCodes);
    this.plainTimestamps = !codecs.hasUserCodec(PrimitiveType.TIMESTAMP);
  }

  /** Returns the columns that this plan reads. */
  public Columns columns() {
    return columns;
  }

  /** Returns where the cells of a regular row are. */
  RowShape shape() {
    return shape;
  }

  /** Returns the type code of a column; see {@link TypeCode}. */
  int typeCode(int index) {
    return RowShape.typeCode(shape.column(index));
  }

  /** Tells whether timestamps are read by the driver's own codec, which may then be left out. */
  boolean hasPlainTimestamps() {
    return plainTimestamps;
  }

  int size() {
    return shape.size();
  }

  /** Reads a cell that is not null as the usual Java type of its column. */
  @Nullable Object decodeUsual(int index, byte[] bytes, int offset, int length) {
    TypeCodec<?> codec = usual[index];
    if (codec == null) {
      codec = codecs.defaultCodec(columns.get(index).type());
      usual[index] = codec;
    }
    try {
      return codec.decode(bytes, offset, length);
    } catch (RuntimeException refused) {
      throw failed(index, codec.javaType().toString(), refused);
    }
  }

  /** Returns the codec between a column and a Java type, which is usually the one of last time. */
  TypeCodec<?> codec(int index, GenericType<?> javaType) {
    Remembered last = remembered[index];
    return last != null && last.javaType.equals(javaType)
        ? last.codec
        : remember(index, null, javaType);
  }

  /** Returns the codec between a column and a class, which is usually the one of last time. */
  TypeCodec<?> codec(int index, Class<?> javaClass) {
    Remembered last = remembered[index];
    return last != null && last.javaClass == javaClass
        ? last.codec
        : remember(index, javaClass, GenericType.of(javaClass));
  }

  /** Returns the mapper to records of this class. */
  @SuppressWarnings("unchecked") // The mapper of a class makes instances of it.
  <R extends Record> RecordMapper<R> mapper(Class<R> recordType) {
    RecordMapper<?> mapper = lastMapper;
    if (mapper == null || mapper.recordType() != recordType) {
      mapper = RecordMapper.create(recordType, columns);
      lastMapper = mapper;
    }
    return (RecordMapper<R>) mapper;
  }

  CodecFailed failed(int index, String javaType, RuntimeException refused) {
    Column column = columns.get(index);
    return CodecErrors.of(column.name(), column.type(), javaType, refused);
  }

  private TypeCodec<?> remember(int index, @Nullable Class<?> javaClass, GenericType<?> javaType) {
    DataType cqlType = columns.get(index).type();
    try {
      TypeCodec<?> codec = codecs.codecFor(cqlType, javaType);
      remembered[index] = new Remembered(javaClass, javaType, codec);
      return codec;
    } catch (RuntimeException missing) {
      throw failed(index, javaType.toString(), missing);
    }
  }

  private record Remembered(
      @Nullable Class<?> javaClass, GenericType<?> javaType, TypeCodec<?> codec) {}
}
